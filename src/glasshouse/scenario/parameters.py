"""The numbers behind people's behaviour, by name.

`Parameters` is what the rules of :mod:`glasshouse.model` receive. Each number's default, unit,
range, evidence grade and source stand in ``defaults.yaml``, under the same name.
"""

from __future__ import annotations

from typing import NamedTuple


class Parameters(NamedTuple):
    """Every behavioural number of the model; see ``defaults.yaml`` for units and sources."""

    # people: traits, drawn once
    expressiveness_sd: float
    fear_sd: float
    wealth_sd: float
    ambition_sd: float
    activity_sd: float
    capacity_median: float
    capacity_sd: float
    capacity_circle_correlation: float
    minority_share: float
    minority_circle_correlation: float
    minority_false_positive_ratio: float
    minority_wealth_ratio: float

    # people: opinion and stance on the first day
    dissent_share: float
    opinion_sd: float
    opinion_circle_correlation: float
    opinion_city_correlation: float
    stance_start: float

    # ties: how they start and how strong they are
    cross_camp_openness: float
    far_tie_openness: float
    strength_kin: float
    strength_circle: float
    strength_district: float
    strength_city: float
    strength_nation: float

    # expression: what makes somebody say (buy, read) something against, neutral or for
    weight_of_expression: float
    expression_by_distance: float
    weight_of_doors: float
    weight_of_friends: float
    near_friends_pull: float
    far_friends_pull: float
    weight_of_pressure: float
    weight_of_fear: float
    weight_of_habit: float
    weight_of_sanctions: float
    stance_seen: float
    loss_aversion: float
    horizon_days: float
    face_to_face_shift: float

    # acts: how many a day at activity 1
    posts_per_day: float
    shares_per_day: float
    likes_per_day: float
    messages_per_day: float
    face_to_face_per_day: float
    purchases_per_day: float
    subscriptions_per_day: float
    bills_per_day: float
    grumbles_per_day: float
    cartoons_per_day: float
    political_share: float
    late_bill_logit: float
    most_acts_per_day: float

    # pressing a friend to mend their score
    pressure_gap: float
    pressure_reach_kin: float
    pressure_reach_circle: float
    pressure_reach_district: float
    pressure_reach_city: float
    pressure_reach_nation: float

    # reviewing, cutting and opening ties
    reviews_per_day: float
    cut_intercept: float
    cut_for_doors: float
    cut_strength: float
    cut_kin: float
    cut_disagreement: float
    guess_by_stance: float
    guess_noise: float
    openings_per_day: float
    acceptance_intercept: float
    acceptance_disagreement: float

    # drift of stance and opinion
    stance_drift: float
    opinion_to_stance: float
    opinion_to_friends: float
    opinion_to_reading: float

    # opting out
    reconsiderations_per_week: float
    leaving_reluctance: float

    # revolt
    legitimacy: float
    coercion: float
    arrest_exponent: float
    stake_in_doors: float
    revolt_threshold: float

    # what the scheme's staff would have had to do by hand
    review_seconds: float
