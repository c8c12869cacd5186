"""The example of every kind of record, with every key that the data folder's format has (its specification)."""

from __future__ import annotations

from typing import Any, Final

import rtoml

TOML: Final[dict[str, str]] = {
    "registry": """\
format = 1
municipality = "Torsby kommun"
language = "sv"
opened = 2026-11-23
[[bodies]]
short = "KS"
name = "Kommunstyrelsen"
[[coordinators]]
person = "p-7k2m9x"
function = "Internationell samordnare"
mailbox = "international@example.org"
from = 2026-02-01
until = 2030-12-31
decision = "KS 2026-01-13 § 5"
[[central_funds]]
year = 2026
id = "c2026"
amount = 250000
original = "22 400 EUR"
state = "decided"
decision = "KF 2025-11-24 § 101"
[[meetings]]
date = 2026-09-10
minutes = "dnr KS/2026:80"
[[annual_reports]]
year = 2025
decision = "KS 2026-03-10 § 20"
commit = "1f0c9a2"
""",
    "policy": """\
title = "Torsby kommuns policy för internationella kontakter"
adopted = "KF 2004-03-25 § 18"
new_agreements = "discouraged"
lead_time_days = 90
evaluation_days = 90
[europe]
list = "council-of-europe"
include = ["BY"]
exclude = ["RU"]
[[goals]]
id = "democracy"
label = "Demokrati och förståelse"
quote = "att främja demokrati och skapa kontakter över politiska och kulturella gränser …"
[[priorities]]
id = "youth"
quote = "ungdomars internationella utbyten skall prioriteras"
[[clauses]]
id = "no-obligations"
quote = "Vänortsavtalen innehåller inga ekonomiska förpliktelser"
severity = "exception"
on = false
decision = "KF 2026-03-26 § 7"
""",
    "departments/bun": """\
name = "Barn- och utbildningsförvaltningen"
board = "Barn- och utbildningsnämnden"
board_short = "BUN"
ambition = true
active_until = 2029-12-31
mailbox = "bun@example.org"
[[officers]]
person = "p-4tq8ab"
function = "Rektor, Stjerneskolan"
from = 2026-01-01
until = 2026-11-23
decision = "BUN 2025-12-01 § 78"
[[budget]]
year = 2026
amount = 80000
state = "decided"
decision = "BUN 2025-12-01 § 77"
[[opportunities]]
title = "CERV Town Twinning"
programme = "CERV"
deadline = 2026-09-17
status = "watching"
reviewed = 2026-05-12
""",
    "twin-towns/paskon": """\
name = "Påskön"
local_name = "Rapa Nui / Isla de Pascua"
country = "CL"
agreement_year = 1987
agreement_status = "unconfirmed"
financial_obligations = false
successor = "…"
potential = "…"
last_contact = 2025-06-14
contacts = ["p-9d3fk2"]
[[cooperation]]
date = 2026-03-01
working = true
note = "…"
[[agreement_events]]
date = 2027-05-17
kind = "renewed"
decision = "KF 2027-04-26 § 40"
""",
    "projects/2026/ungdomsutbyte-skjern": """\
title = "Ungdomsutbyte med Skjern"
cooperation = "twin-town"
stage = "planned"
stage_reason = "…"
registered = 2026-01-20
recorded_afterwards = false
source = "Excel, rad 14"
received = 2026-01-08
received_from = "Skjern Idrætsforening"
answer_by = 2026-02-01
answered = 2026-01-25
department = "departments/bun"
with_departments = ["departments/kultur"]
external_organiser = "…"
twin_towns = ["twin-towns/skjern"]
countries = ["DK"]
partners = [{ name = "Skjern Idrætsforening", place = "Skjern", country = "DK" }]
goals = ["democracy", "knowledge"]
target_groups = ["residents"]
youth = true
youth_ages = "15-19"
participants = 24
established_contact = "skolornas utbyte sedan 1998"
purpose = "…"
expected_value = "…"
continuation = "…"
start = 2026-05-04
end = 2026-05-10
open_ended = false
review_due = 2027-05-10
responsible = "p-4tq8ab"
responsible_function = "Rektor, Stjerneskolan"
cost = 180000
decision_expected = "BUN 2026-03-10"
agenda = 2026-09-10
no_commitments = false
[[decisions]]
decision = "BUN 2026-03-10 § 31, dnr BUN/2026:17"
kind = "start"
about = "…"
[[budget]]
year = 2026
id = "b3k9x"
source = "department"
department = "departments/bun"
programme = "Erasmus+"
grant_agreement = "2025-1-SE01-KA122"
planned = 45000
applied = 45000
granted = 45000
spent = 41250
decision = "BUN 2026-03-10 § 31"
[[commitments]]
kind = "finance"
party = "Torsby IF"
amount = 10000
treated = "KS 2026-02-03 § 12"
secured_on = 2026-02-20
secured_how = "…"
[[deadlines]]
what = "Slutrapport till UHR"
date = 2026-11-30
done = 2026-11-28
[[documents]]
title = "Reserapport"
date = 2026-05-20
reference = "dnr BUN/2026:17"
[evaluation]
due = 2026-09-01
date = 2026-08-25
results = { democracy = "met", knowledge = "partly" }
value_achieved = "…"
lessons = "…"
waived = "…"
decision = "BUN 2026-09-08 § 90"
""",
}
"""REF → file."""

DATA: Final[dict[str, dict[str, Any]]] = {ref: rtoml.loads(text) for ref, text in TOML.items()}
