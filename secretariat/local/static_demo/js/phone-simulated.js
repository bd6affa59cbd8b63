/* The simulated line: speaks to the outside world of a demo as the Voice SDK speaks to its servers. */
(() => {
  "use strict";
  window.secretariatLines ??= {};
  window.secretariatLines.simulated = ({ baseUrl, tell }) => {
    let token = "";
    let stream = null;

    const post = async (verb, call = "", more = {}) => {
      try {
        const body = new URLSearchParams({ token, call, ...more });
        const answer = await fetch(`${baseUrl}/phone/${verb}`, { method: "POST", body });
        if (!answer.ok) tell("error", { call, reason: await answer.text() });
      } catch (problem) {
        tell("error", { call, reason: String(problem.message || problem) });
      }
    };

    const listen = () => {
      stream = new EventSource(`${baseUrl}/phone/events?token=${encodeURIComponent(token)}`);
      for (const event of ["registered", "incoming", "accepted", "ended", "expiring"]) {
        stream.addEventListener(event, (message) => tell(event, JSON.parse(message.data)));
      }
      // Left to itself an EventSource would come back with the token it first had, which may be over.
      const gone = () => {
        stream.close();
        stream = null;
        tell("unregistered");
      };
      stream.addEventListener("unregistered", gone);
      stream.addEventListener("error", gone);
    };

    return {
      async register(fresh) {
        token = fresh;
        if (stream) await post("register");
        else listen();
      },
      accept: (call) => post("accept", call),
      reject: (call) => post("reject", call),
      hangUp: (call) => post("hangup", call),
      mute: (on, call) => post("mute", call, { on: on ? "1" : "" }),
      digits: (keys, call) => post("digits", call, { digits: keys }),
    };
  };
})();
