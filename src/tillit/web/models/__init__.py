"""What is kept: boards, people, matters, steps, the log. No logic; only actions/ write."""

from tillit.web.models.annex import Annex
from tillit.web.models.authority_contact import AuthorityContact
from tillit.web.models.board import Board, Unit
from tillit.web.models.checklist import ChecklistRun, LocalQuestions, Reply
from tillit.web.models.clearance import Clearance
from tillit.web.models.decision import Decision
from tillit.web.models.delivery import Upload
from tillit.web.models.deviation import Deviation
from tillit.web.models.dispatch import Dispatch
from tillit.web.models.document import Document, DocumentFile, EditedFile
from tillit.web.models.exhibit import Exhibit, ExhibitFile, ExhibitWithdrawal
from tillit.web.models.extract import Extract
from tillit.web.models.hearing import Gate, Hearing
from tillit.web.models.invoice import Invoice, InvoiceLine
from tillit.web.models.job import Job
from tillit.web.models.log import Entry, Head, Review
from tillit.web.models.log_request import LogRequest
from tillit.web.models.matter import Assignment, Block, Case, Finding, Matter
from tillit.web.models.note import Note
from tillit.web.models.notice import Notice, RunNotice
from tillit.web.models.payment_batch import PaymentBatch, PaymentOrder
from tillit.web.models.permit import PermitAnswer, PermitCheck, PermitMeasure, PermitNotice
from tillit.web.models.portal import PortalGrant
from tillit.web.models.press import Press
from tillit.web.models.provider import (
    Contract,
    GrantGiven,
    Permit,
    Provider,
    ProviderCheck,
    ProviderLink,
    ProviderNotice,
    Use,
)
from tillit.web.models.provider_system import ProviderSystem, Sending
from tillit.web.models.recovery import Claim, ClaimMonth, ClaimVersion, Instalment, Repayment
from tillit.web.models.responsibility import Responsibility
from tillit.web.models.role_proposal import RoleProposal
from tillit.web.models.role_review import RoleReview
from tillit.web.models.run import Run
from tillit.web.models.sample import Sample, SampleUnit
from tillit.web.models.saved_filter import SavedFilter
from tillit.web.models.seal import Seal
from tillit.web.models.series import Series
from tillit.web.models.settlement import Settlement
from tillit.web.models.signal import FormLink, NoReports, Receipt, Signal, StandLink, Told
from tillit.web.models.step import Proposal, StepTaken
from tillit.web.models.subject_request import SubjectRequest
from tillit.web.models.time_report import HandIn, ReportedTime, TimeReport, WorkerReport
from tillit.web.models.user import Grant, User

__all__ = [
    "Annex",
    "Assignment",
    "AuthorityContact",
    "Block",
    "Board",
    "Case",
    "ChecklistRun",
    "Claim",
    "ClaimMonth",
    "ClaimVersion",
    "Clearance",
    "Contract",
    "Decision",
    "Deviation",
    "Dispatch",
    "Document",
    "DocumentFile",
    "EditedFile",
    "Entry",
    "Exhibit",
    "ExhibitFile",
    "ExhibitWithdrawal",
    "Extract",
    "Finding",
    "FormLink",
    "Gate",
    "Grant",
    "GrantGiven",
    "HandIn",
    "Head",
    "Hearing",
    "Instalment",
    "Invoice",
    "InvoiceLine",
    "Job",
    "LocalQuestions",
    "LogRequest",
    "Matter",
    "NoReports",
    "Note",
    "Notice",
    "PaymentBatch",
    "PaymentOrder",
    "Permit",
    "PermitAnswer",
    "PermitCheck",
    "PermitMeasure",
    "PermitNotice",
    "PortalGrant",
    "Press",
    "Proposal",
    "Provider",
    "ProviderCheck",
    "ProviderLink",
    "ProviderNotice",
    "ProviderSystem",
    "Receipt",
    "Repayment",
    "Reply",
    "ReportedTime",
    "Responsibility",
    "Review",
    "RoleProposal",
    "RoleReview",
    "Run",
    "RunNotice",
    "Sample",
    "SampleUnit",
    "SavedFilter",
    "Seal",
    "Sending",
    "Series",
    "Settlement",
    "Signal",
    "StandLink",
    "StepTaken",
    "SubjectRequest",
    "TimeReport",
    "Told",
    "Unit",
    "Upload",
    "Use",
    "User",
    "WorkerReport",
]
