from .address_book import AddressImport, ImportedAddress
from .address_check import AddressCheck
from .bulletin import Bulletin, BulletinReading
from .client import Client, ClientOwnedQuerySet, ClientQuerySet, DeskQuerySet
from .confidentiality import ClientTerms, Lapse, LapseNote, TermsAcceptance
from .contact import Channel, Contact, ContactAddress, DeliveryRule
from .correspondent import Correspondent, CorrespondentAddress, PostalAddress
from .data_copy import DataCopy
from .device import Device
from .guidance import CallType, Instruction, Prompt, Status
from .holiday import Holiday
from .ladder import Ladder, Rung
from .line import Line, LineHours
from .on_call import OnCallList, OnCallPlace, OnCallReplacement
from .practice import Practice
from .requirement import ClientRequirement
from .served import Served
from .service_suspension import ServiceSuspension
from .suppression import Suppression
from .team import Access, Assignment, NeededSkill
from .work import WorkItem, WorkRecord

__all__ = [
    "Access",
    "AddressCheck",
    "AddressImport",
    "Assignment",
    "Bulletin",
    "BulletinReading",
    "CallType",
    "Channel",
    "Client",
    "ClientOwnedQuerySet",
    "ClientQuerySet",
    "ClientRequirement",
    "ClientTerms",
    "Contact",
    "ContactAddress",
    "Correspondent",
    "CorrespondentAddress",
    "DataCopy",
    "DeliveryRule",
    "DeskQuerySet",
    "Device",
    "Holiday",
    "ImportedAddress",
    "Instruction",
    "Ladder",
    "Lapse",
    "LapseNote",
    "Line",
    "LineHours",
    "NeededSkill",
    "OnCallList",
    "OnCallPlace",
    "OnCallReplacement",
    "PostalAddress",
    "Practice",
    "Prompt",
    "Rung",
    "Served",
    "ServiceSuspension",
    "Status",
    "Suppression",
    "TermsAcceptance",
    "WorkItem",
    "WorkRecord",
]
