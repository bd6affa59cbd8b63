from .message import Answer, Delivery, Draft, Message, MessageEvent, Reply

__all__ = ["Answer", "Delivery", "Draft", "Message", "MessageEvent", "Reply"]
