"""Start and Stop: what goes on beside the call. Only Recording has an effect here."""

from secretariat.local.carrier.vocabulary import verb


@verb("Start", answers=False)
def start(interpreter, element, document, context):
    for child in element.findall("Recording"):
        carrier = interpreter.carrier
        carrier.recordings.begin(
            interpreter.leg,
            "StartCallRecordingAPI",
            channels=1 if child.get("channels") == "mono" else 2,
            subscription=carrier.recordings.subscription(child, document),
        )
    return None
    yield


@verb("Stop", answers=False)
def stop(interpreter, element, document, context):
    return None
    yield
