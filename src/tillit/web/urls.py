"""Every address of Tillit."""

from allauth.account import views as allauth
from allauth.socialaccount import views as identity
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from tillit.web.views import (
    access,
    account,
    assignment,
    bias,
    case,
    checklist,
    control_record,
    delivery,
    disclosure,
    dispatch,
    document,
    exhibit,
    extract,
    finding,
    log,
    matter,
    note,
    notification,
    outside,
    provider,
    responsibility,
    routine,
    run,
    saved_filter,
    search,
    sign_in,
    signal,
    today,
)

SIGN_IN: list[URLPattern | URLResolver] = [
    path("logga-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("logga-ut/", sign_in.sign_out, name="account_logout"),
    path("utloggad/", sign_in.out, name="signed_out"),
    path("logga-in/stangt/", allauth.account_inactive, name="account_inactive"),
    path("logga-in/ny/", allauth.signup, name="account_signup"),
    path("logga-in/igen/", allauth.reauthenticate, name="account_reauthenticate"),
    path("logga-in/avbruten/", identity.login_cancelled, name="socialaccount_login_cancelled"),
    path("logga-in/fel/", login_not_required(identity.login_error), name="socialaccount_login_error"),
    path("logga-in/ny-kommun/", identity.signup, name="socialaccount_signup"),
    path("logga-in/oidc/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("konto/", account.account, name="account"),
    path("konto/losenord/", sign_in.change_password, name="account_change_password"),
    path("konto/nycklar/", include("allauth.mfa.urls")),
]
"""Names in the middle are those that allauth looks up."""

if settings.TILLIT.saml:
    SIGN_IN.append(path("logga-in/", include("allauth.socialaccount.providers.saml.urls")))

MATTER: list[URLPattern | URLResolver] = [
    path("steg/<slug:number>/<slug:name>/", matter.step, name="step"),
    path("steg/<slug:number>/forslag/<int:proposal>/godkann/", matter.agree_to, name="agree"),
    path("steg/<slug:number>/forslag/<int:proposal>/avboj/", matter.decline_it, name="decline"),
    path("steg/<slug:number>/anteckning/skriv/", note.note, name="note"),
    path("steg/<slug:number>/kontakt/skriv/", note.contact, name="contact"),
    path("steg/<slug:number>/fordela/ge/", assignment.give, name="assign"),
    path("steg/<slug:number>/fordela/<int:user>/lamna/", assignment.lay_down, name="release"),
    path("handlingar/<slug:number>/ny/", exhibit.add, name="exhibit_add"),
    path("handlingar/<slug:number>/<int:exhibit>/fil/", exhibit.file, name="exhibit_file"),
    path("handlingar/<slug:number>/<int:exhibit>/dra-tillbaka/", exhibit.withdraw, name="exhibit_withdraw"),
    path("tidslinje/<slug:number>/", extract.times, name="timeline"),
    path("utdrag/<slug:number>/", extract.overview, name="extract_list"),
    path("utdrag/<slug:number>/underlag/", extract.pack, name="extract_pack"),
    path("utdrag/<slug:number>/kontakter/", extract.contact_log, name="extract_contacts"),
    path("utdrag/<slug:number>/partskopia/", extract.party_copy, name="party_copy"),
    path("utdrag/<slug:number>/<int:extract>/", extract.one, name="extract"),
    path("utdrag/<slug:number>/<int:extract>/fil/", extract.file, name="extract_file"),
    path("utdrag/<slug:number>/<int:extract>/avgor/", extract.settled, name="extract_settle"),
    path("steg/<slug:number>/checklista/borja/", checklist.begin, name="checklist_begin"),
    path("steg/<slug:number>/checklista/<int:run>/", checklist.fill, name="checklist_fill"),
    path("jav/<slug:number>/", bias.bias, name="bias"),
    path("dokument/<slug:number>/<int:document>/", document.document, name="document"),
    path("dokument/<slug:number>/<int:document>/hamta/<slug:kind>/", document.file, name="document_file"),
    path("dokument/<slug:number>/<int:document>/faststall/", document.settled, name="document_settle"),
    path("dokument/<slug:number>/<int:document>/utskick/", dispatch.dispatch, name="dispatch"),
    path("dokument/<slug:number>/skapa/<slug:name>/", document.make, name="document_make"),
    path("atkomst/", assignment.access, name="access_request"),
]
"""What is done on the page of any matter, whatever its process."""

urlpatterns: list[URLPattern | URLResolver] = [
    *SIGN_IN,
    path("val/", account.choice, name="choice"),
    path("", today.today, name="today"),
    path("sok/", search.find, name="search"),
    path("nytt/sett/", today.notices_seen, name="notices_seen"),
    path("fynd/", finding.finding_list, name="finding_list"),
    path("fynd/filter/", saved_filter.save, name="filter_save"),
    path("fynd/filter/<int:pk>/glom/", saved_filter.forget, name="filter_forget"),
    path("fynd/samma-svar/<slug:name>/", finding.alike, name="finding_alike"),
    path("fynd/<slug:number>/", finding.finding, name="finding"),
    path("fynd/<slug:number>/forklaring/", finding.explanation, name="explanation"),
    path("iakttagelse/", finding.observation, name="observation"),
    path("arenden/", case.case_list, name="case_list"),
    path("arenden/oppna/<slug:process>/", case.open_new, name="case_open"),
    path("arenden/<slug:number>/", case.case, name="case"),
    *MATTER,
    path("underratta/", notification.choose, name="notification_choose"),
    path("underratta/siffror/", notification.counted, name="notification_counted"),
    path("underratta/<slug:duty>/", notification.aid, name="notification_aid"),
    path("vem-far-veta/", disclosure.disclosure_table, name="disclosure_table"),
    path("anordnare/", provider.provider_list, name="provider_list"),
    path("anordnare/<slug:number>/", provider.provider, name="provider"),
    path("anordnare/<slug:number>/avsluta/", provider.end, name="cooperation_end"),
    path("samordning/", signal.coordination, name="coordination"),
    path("samordning/intyga/", signal.certify_none, name="certify"),
    path("samordning/meddelande/<int:pk>/kom-tillbaka/", signal.bounce, name="bounce"),
    path("samordning/lank/gor/", signal.link_make, name="link_make"),
    path("samordning/lank/<int:pk>/stang/", signal.link_end, name="link_end"),
    path("rapportera/<str:token>/", outside.outside, name="outside"),
    path("rapportera/<str:token>/utfall/", outside.outcome, name="outside_outcome"),
    path("checklistor/", checklist.checklist_list, name="checklist_list"),
    path("checklistor/<slug:code>/", checklist.checklist, name="checklist"),
    path("checklistor/<slug:code>/ta-bort/", checklist.remove, name="checklist_remove"),
    path("kontroller/", control_record.figures, name="control_figures"),
    path("motverka/", routine.routines, name="routines"),
    path("ansvar/", responsibility.responsibilities, name="responsibilities"),
    path("ansvar/<slug:board>/", responsibility.responsibility, name="responsibility"),
    path("ansvar/<slug:board>/<slug:unit>/", responsibility.responsibility, name="responsibility_unit"),
    path("leveranser/", delivery.delivery_list, name="delivery_list"),
    path("leveranser/<int:pk>/", delivery.delivery, name="delivery"),
    path("leveranser/<int:pk>/dra-tillbaka/", delivery.withdraw_it, name="withdraw"),
    path("leveranser/<int:pk>/rader/", delivery.refused, name="refused_lines"),
    path("korningar/starta/", run.start, name="run_start"),
    path("korningar/<int:pk>/", run.run, name="run"),
    path("logg/", log.log, name="log"),
    path("logg/granska/<int:pk>/", log.review, name="log_review"),
    path("logg/ta-ut/", log.export, name="log_export"),
    path("behorigheter/", access.access, name="access"),
]

handler400 = "tillit.web.views.errors.bad_request"
handler403 = "tillit.web.views.errors.not_found"
handler404 = "tillit.web.views.errors.not_found"
handler500 = "tillit.web.views.errors.server_error"
