"""What can be put wrong in the town: one function a wrong, named after the control that should find it."""

from collections.abc import Callable

from tillit.demo.town import Town
from tillit.demo.wrongs import assistance, bills, home_care, networks, providers, visits

Plant = Callable[[Town], None]

IN_TIME: tuple[Plant, ...] = (
    assistance.ass_01_worker_at_two_clients,
    assistance.ass_02_the_same_shift_again,
    assistance.ass_03_third_worker,
    assistance.ass_04_above_the_grant,
    assistance.ass_06_more_than_a_day,
    assistance.ass_10_in_hospital,
    assistance.ass_12_after_death,
    assistance.ass_17_under_eighteen,
    assistance.ass_21_no_report,
    providers.ass_22_permit_ended,
    home_care.hem_03_two_visits_at_once,
    home_care.hem_05_no_receipt,
    home_care.hem_07_changed_upwards,
    home_care.hem_09_in_hospital,
    home_care.hem_12_both_of_a_couple,
    providers.boe_06_another_address,
    assistance.ass_08_above_the_working_time,
    assistance.ass_11_at_daily_activity,
    networks.nat_07_far_above_full_time,
    visits.hem_02_above_the_grant,
    visits.hem_06_registered_by_hand,
    visits.hem_08_shorter_than_reported,
    visits.hem_10_many_declined,
    visits.hem_20_cleaning_not_granted,
    visits.hem_26_as_planned,
    visits.hem_28_every_other_visit,
    assistance.ass_28_a_night_as_active,
    networks.nat_05_moved_together,
)
"""Wrongs in what was worked; reports and bills follow them."""

IN_DOCUMENTS: tuple[Plant, ...] = (
    bills.ass_20_not_approved,
    bills.ass_35_bill_above_reports,
    bills.hem_01_bill_above_visits,
    bills.boe_01_days_after_leaving,
    bills.boe_02_days_before_arriving,
    bills.fak_06_above_the_price_list,
    bills.fak_01_the_same_invoice_again,
    bills.fak_03_the_same_invoice_from_another,
    bills.fak_09_after_the_contract,
    bills.fak_09_days_after_the_invoice,
    bills.fak_11_account_changed_before_payment,
    bills.fak_12_one_account_for_two,
    bills.fak_10_the_same_days_again,
    bills.fak_18_after_the_bankruptcy,
    bills.fak_24_paid_before_its_controls,
    providers.boe_03_two_places,
    providers.uph_06_above_the_ceiling,
    providers.lev_01_no_permit,
    providers.lev_05_not_approved_for_f_tax,
    providers.lev_06_debt,
    providers.lev_13_back_again,
    providers.lev_20_stale_check,
    providers.for_03_two_boards,
    providers.pro_01_not_done,
    providers.pro_02_no_evidence,
    providers.pro_03_nobody,
    providers.pro_13_too_few_at_random,
    assistance.ass_27_after_the_settlement,
    networks.nat_01_on_two_boards,
    networks.nat_03_two_steps_away,
    assistance.ass_30_no_salary,
    visits.hem_18_another_areas_price,
    visits.hem_19_time_in_two_ways,
    networks.nat_06_their_own_employers,
    networks.ekb_06_two_units,
)
"""Wrongs in reports, bills, registers and plans."""
