// Records in the browser and puts what was said into the form's own file field, so that the form is sent as with any file.
(() => {
  const form = document.querySelector("[data-recorder]");
  if (!form || !window.MediaRecorder || !navigator.mediaDevices) return;
  const find = (name) => form.querySelector(`[data-recorder-${name}]`);
  const button = (name) => form.querySelector(`[data-recorder-do="${name}"]`);
  const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  let recorder = null;
  let pieces = [];
  let [since, before] = [0, 0]; // ms: when this stretch began, and how long those before it were
  const seconds = () => Math.round((before + (since ? performance.now() - since : 0)) / 1000);
  const tick = () => {
    const s = seconds();
    find("clock").textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
  };
  const say = (what) => { find("said").textContent = find("said").dataset[what]; };
  const rest = () => {
    if (since) before += performance.now() - since;
    since = 0;
  };
  const show = () => {
    const state = recorder?.state ?? "inactive";
    button("start").hidden = state !== "inactive";
    button("pause").hidden = button("stop").hidden = state === "inactive";
    button("pause").querySelector("span").textContent = button("pause").dataset[state === "paused" ? "resume" : "pause"];
  };
  const ready = (stream) => {
    rest();
    stream.getTracks().forEach((track) => track.stop());
    const type = recorder.mimeType.split(";")[0];
    const files = new DataTransfer();
    files.items.add(new File(pieces, `dictation.${type.split("/")[1]}`, { type }));
    find("file").files = files.files;
    find("seconds").value = seconds();
    say("ready");
    show();
    tick();
  };
  const start = async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return say("refused");
    }
    [pieces, before, since] = [[], 0, performance.now()];
    recorder = new MediaRecorder(stream, { mimeType: KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) });
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => ready(stream));
    recorder.start(1000);
    say("recording");
    show();
  };
  const pause = () => {
    if (recorder.state === "paused") {
      since = performance.now();
      recorder.resume();
      say("recording");
    } else {
      rest();
      recorder.pause();
      say("paused");
    }
    show();
  };
  button("start").addEventListener("click", start);
  button("pause").addEventListener("click", pause);
  button("stop").addEventListener("click", () => recorder.stop());
  find("file").addEventListener("change", () => { find("seconds").value = ""; });
  addEventListener("beforeunload", (event) => { if (recorder && recorder.state !== "inactive") event.preventDefault(); });
  setInterval(tick, 500);
  find("keys").hidden = false;
  show();
})();
