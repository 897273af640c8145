// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_HPP

/// Affiliation to institutions to sectors to teams: classifier, registry, counting, evaluation.
#include <compute_divide/institutions/affiliation.hpp>
#include <compute_divide/institutions/affiliation_parts.hpp>
#include <compute_divide/institutions/affiliation_role.hpp>
#include <compute_divide/institutions/cached_classifier.hpp>
#include <compute_divide/institutions/careers.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/classifier_confidence.hpp>
#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/known_firms.hpp>
#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/institutions/learned_types.hpp>
#include <compute_divide/institutions/name_features.hpp>
#include <compute_divide/institutions/organisation.hpp>
#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/institutions/population.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/institutions/registry_match.hpp>
#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/institutions/sector_counts.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/institutions/tie_words.hpp>
#include <compute_divide/institutions/ties.hpp>
#include <compute_divide/institutions/type_readings.hpp>
#include <compute_divide/institutions/type_words.hpp>

#endif
