/*
 * The real line: wraps the Device of @twilio/voice-sdk 2.18.5.
 *
 * The place (see phone.js) says where the SDK and a silent sound lie: data-sdk, data-silence. The SDK is fetched
 * at the first registration only. Its own sounds are replaced by silence: they would come from another host,
 * and the ring is the desk's.
 */
(() => {
  "use strict";
  const SOUNDS = ["incoming", "outgoing", "disconnect", "dtmfs", "dtmfh"].concat([...Array(10).keys()].map((n) => `dtmf${n}`));
  const TOKEN_PROBLEMS = [20101, 20104, 31204, 31205, 31207]; // not valid, over, or not renewed in time

  const loaded = (address) =>
    new Promise((resolve, reject) => {
      if (window.Twilio?.Device) {
        resolve();
        return;
      }
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error("the softphone could not be loaded")));
      document.head.append(script);
    });

  window.secretariatLines ??= {};
  window.secretariatLines.twilio = ({ place, tell }) => {
    const calls = new Map(); // SID → the SDK's Call
    let device = null;

    const incoming = (call) => {
      const sid = call.parameters.CallSid;
      const ended = () => {
        if (calls.delete(sid)) tell("ended", { call: sid });
      };
      calls.set(sid, call);
      call.on("accept", () => tell("accepted", { call: sid }));
      for (const event of ["cancel", "disconnect", "reject"]) call.on(event, ended);
      call.on("error", (problem) => tell("error", { call: sid, reason: problem.message, code: problem.code }));
      tell("incoming", {
        call: sid,
        from: call.parameters.From,
        parameters: Object.fromEntries(call.customParameters),
      });
    };

    const make = (token) => {
      const made = new window.Twilio.Device(token, {
        appName: "Secretariat",
        closeProtection: true,
        codecPreferences: ["opus", "pcmu"],
        sounds: Object.fromEntries(SOUNDS.map((name) => [name, place.dataset.silence])),
        tokenRefreshMs: 30000,
      });
      made.on("registered", () => tell("registered"));
      made.on("unregistered", () => tell("unregistered"));
      made.on("incoming", incoming);
      made.on("tokenWillExpire", () => tell("expiring"));
      made.on("error", (problem, call) => {
        if (TOKEN_PROBLEMS.includes(problem.code)) tell("expiring");
        else tell("error", { call: call?.parameters.CallSid, reason: problem.message, code: problem.code });
      });
      return made;
    };

    return {
      async register(token) {
        await loaded(place.dataset.sdk);
        if (device) device.updateToken(token);
        else device = make(token);
        // While it tries to connect its promise never settles: phone.js keeps its own time.
        if (device.state === "unregistered") device.register().catch((problem) => tell("error", { reason: problem.message }));
      },
      accept: (sid) => calls.get(sid)?.accept(),
      reject: (sid) => calls.get(sid)?.reject(),
      hangUp: (sid) => calls.get(sid)?.disconnect(),
      mute: (on, sid) => calls.get(sid)?.mute(on),
      digits: (keys, sid) => calls.get(sid)?.sendDigits(keys),
    };
  };
})();
