// SPDX-License-Identifier: BSL-1.0
// Every estimator of training compute against the curated values of Epoch's table (2025-08, or a download of another
// vintage), split by how these were made; nothing is timed. Whatever is learned is learned of other models: ten parts
// by organisation, each estimated with what was learned of the other nine, and the widths of intervals within these
// nine likewise.
//   training_compute_backtest [FILE]            the errors
//   training_compute_backtest --table [FILE]    what is learned of all, for compute/learned_compute.hpp
#include <algorithm>
#include <array>
#include <cmath>
#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/compute_from_data.hpp>
#include <compute_divide/compute/compute_from_hardware.hpp>
#include <compute_divide/compute/compute_from_size.hpp>
#include <compute_divide/compute/reconcile.hpp>
#include <compute_divide/compute/stated_sizes.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/io/epoch_domains.hpp>
#include <compute_divide/statistics/quantile.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <Eigen/Dense>

namespace cd = compute_divide;

namespace {

constexpr std::size_t parts = 10;
constexpr double z90 = 1.6448536269514722;

/// How the curated value was made.
enum class curated { by_hardware, by_counting, by_both, reported, otherwise };
constexpr std::array<std::string_view, 5> curated_names{"hardware", "counting", "both", "reported", "otherwise"};

constexpr std::size_t unit_count = 8;  // of datapoint_unit; the first is that of "examples", and of what has no unit

/// What the notes on a data set count: of each unit the most, as log10, and whether that is the recorded number of data
/// points, to a factor of 1.3.
struct counts_of_notes {
    std::array<std::optional<double>, unit_count> most = {};
    std::array<bool, unit_count> is_recorded = {};

    [[nodiscard]] bool any() const {
        return std::ranges::any_of(most, [](const std::optional<double>& each) { return each.has_value(); });
    }
    [[nodiscard]] bool names_recorded() const { return std::ranges::count(is_recorded, true) > 0; }
};

counts_of_notes counted_in(std::string_view note, double datapoints) {
    counts_of_notes counted;
    for (const cd::stated_size& size : cd::sizes_in(note)) {
        if (size.what != cd::size_of::datapoints || !(size.number.value > 0)) continue;
        const auto unit = static_cast<std::size_t>(size.unit);
        const double log = std::log10(size.number.value);
        counted.most[unit] = std::max(counted.most[unit].value_or(log), log);
        if (std::abs(log - std::log10(datapoints)) < std::log10(1.3)) counted.is_recorded[unit] = true;
    }
    return counted;
}

struct model {
    std::string name;
    double log10_flop = 0;
    curated made = curated::otherwise;
    std::size_t part = 0;            ///< of its first organisation
    std::uint32_t parts_of_all = 0;  ///< a bit for the part of each of its organisations
    bool tuned = false;              ///< from another model, whose compute is in the curated value
    bool language = false;
    std::optional<cd::training_data> data;
    std::optional<cd::model_size> size;
    std::optional<cd::hardware_run> run;
    std::optional<double> utilisation;
    double year = 2020;
    counts_of_notes counted = {};
};

/// The notes on data sets, in the order of the rows; empty where a vintage has none.
std::vector<std::string> notes_of(const std::string& path) {
    cd::csv_reader table = cd::csv_reader::open(path);
    const auto column = table.find_column("Dataset size notes");
    std::vector<std::string> notes;
    if (column)
        for (const cd::csv_row& row : table) notes.emplace_back(row[*column]);
    return notes;
}

std::size_t part_of(std::string_view text) {  // FNV-1a
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return static_cast<std::size_t>(hash >> 32) % parts;
}

curated made_by(const std::vector<std::string>& methods) {
    const auto has = [&](std::string_view name) { return std::ranges::find(methods, name) != methods.end(); };
    const bool hardware = has("Hardware"), counting = has("Operation counting");
    return hardware && counting ? curated::by_both
           : hardware           ? curated::by_hardware
           : counting           ? curated::by_counting
           : has("Reported")    ? curated::reported
                                : curated::otherwise;
}

std::optional<cd::hardware_run> run_of(const cd::epoch_model& m, const cd::accelerator_catalogue& catalogue) {
    if (!m.hardware_quantity || !m.training_hours || m.training_hardware.size() != 1) return std::nullopt;
    const cd::accelerator* const chip = catalogue.find(m.training_hardware[0]);
    if (!chip) return std::nullopt;
    cd::training_peak_options peak;
    if (m.numerical_formats == std::vector<std::string>{"FP32"})
        peak = {.rule = cd::training_format::given, .format = cd::number_format::fp32};
    return cd::run_on(*chip, *m.hardware_quantity, std::chrono::duration<double>(3600 * *m.training_hours),
                      m.year.value_or(2020), peak);
}

/// Of the whole table, or of one vintage of it.
std::vector<model> read_models(const std::string& path, std::string_view vintage) {
    const cd::accelerator_catalogue catalogue;
    const std::vector<cd::epoch_model> table = cd::read_epoch(cd::csv_reader::open(path)).models;
    std::map<std::string, cd::flop> flop_of;  // for base models
    for (const cd::epoch_model& m : table)
        if (m.vintage == vintage && m.training_flop) flop_of.emplace(m.name, *m.training_flop);
    const std::vector<std::string> notes = notes_of(path);
    std::vector<model> models;
    for (const cd::epoch_model& m : table) {
        if (m.vintage != vintage || !m.training_flop || !(*m.training_flop > 0)) continue;
        model& each = models.emplace_back();
        each.name = m.name;
        each.log10_flop = std::log10(*m.training_flop);
        each.made = made_by(m.estimation_methods);
        each.part = part_of(m.organisations.empty() ? m.name : m.organisations[0]);
        each.parts_of_all = 1U << each.part;
        for (const std::string& organisation : m.organisations) each.parts_of_all |= 1U << part_of(organisation);
        each.tuned = !m.base_models.empty();
        const cd::model_domain domain = cd::model_domain_of_epoch(m.domains.empty() ? "" : m.domains[0]);
        each.language = domain == cd::model_domain::language;
        each.year = m.year.value_or(2020);
        if (m.parameters.value_or(0) > 0)
            each.size = cd::model_size{.parameters = *m.parameters, .domain = domain, .year = each.year};
        if (m.parameters.value_or(0) > 0 && m.dataset_size.value_or(0) > 0)
            each.data = cd::training_data{.parameters = *m.parameters,
                                          .datapoints = *m.dataset_size,
                                          .epochs = m.epochs,
                                          .domain = domain,
                                          .year = each.year};
        if (each.data && !notes.empty())
            each.counted = counted_in(notes[static_cast<std::size_t>(&m - table.data())], *m.dataset_size);
        if (m.utilisation && *m.utilisation <= 1) each.utilisation = m.utilisation;
        if (each.data && m.base_models.size() == 1)
            if (const auto base = flop_of.find(m.base_models[0]); base != flop_of.end()) each.data->base = base->second;
        each.run = run_of(m, catalogue);
        if (!each.run) continue;
        each.run->domain = domain;
        each.run->utilisation = each.utilisation;
    }
    return models;
}

/// sigma such that 90 % of these errors are within the 90 % interval.
double sigma_of(std::vector<double> errors) {
    for (double& each : errors) each = std::abs(each);
    return errors.empty() ? 1 : *cd::quantile(errors, 0.9).value / z90;
}

// ---- Data: tokens of a data point.

/// Rows whose compute was not counted by 6 N D alone, and that were not tuned from another model.
bool teaches_units(const model& m) {
    return m.data && m.made != curated::by_counting && !m.tuned;
}

double log10_plain(const cd::training_data& data) {
    return std::log10(6 * data.parameters * data.datapoints * data.epochs.value_or(1));
}

/// For each unit: that the notes count it, how much, how much more the recorded number is, and that it is the same.
constexpr std::size_t note_columns = 4 * unit_count;

std::array<double, note_columns> columns_of(const counts_of_notes& counted, double datapoints) {
    std::array<double, note_columns> columns{};
    for (std::size_t u = 0; u < unit_count; ++u)
        if (counted.most[u]) {
            columns[4 * u] = 1;
            columns[4 * u + 1] = (*counted.most[u] - 8) / 1.5;
            columns[4 * u + 2] = (std::log10(datapoints) - *counted.most[u]) / 3;
            columns[4 * u + 3] = counted.is_recorded[u] ? 1 : 0;
        }
    return columns;
}

/// A line, and what the notes add to it.
struct line_of_units {
    cd::learned_tokens line;
    std::array<double, note_columns> of_notes{};

    [[nodiscard]] cd::learned_tokens of(const model& m) const {
        cd::learned_tokens moved = line;
        const auto columns = columns_of(m.counted, m.data->datapoints);
        const double shift = std::inner_product(columns.begin(), columns.end(), of_notes.begin(), 0.0);
        for (double& intercept : moved.intercepts) intercept += shift;
        return moved;
    }
};

/// Ridge, robust to outliers (weights 1 / |residual|); the first column is that of ones.
Eigen::VectorXd robust_ridge(const Eigen::MatrixXd& x, const Eigen::VectorXd& y) {
    Eigen::VectorXd ridge = Eigen::VectorXd::Ones(x.cols());
    ridge(0) = 1e-6;
    Eigen::VectorXd weights = Eigen::VectorXd::Ones(x.rows()), b;
    for (int step = 0; step < 30; ++step) {
        Eigen::MatrixXd gram = x.transpose() * weights.asDiagonal() * x;
        gram.diagonal() += ridge;
        b = gram.ldlt().solve(x.transpose() * (weights.asDiagonal() * y));
        weights = 0.5 / (y - x * b).cwiseAbs().cwiseMax(0.05).array();
    }
    return b;
}

/// With the units of the notes, or as if there were none.
line_of_units learn_line(const std::vector<model>& models, const std::function<bool(const model&)>& use, bool notes) {
    std::vector<const model*> rows;
    for (const model& m : models)
        if (teaches_units(m) && use(m)) rows.push_back(&m);
    constexpr Eigen::Index columns = 6 + 5 + static_cast<Eigen::Index>(note_columns);
    Eigen::MatrixXd x = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(rows.size()), columns);
    Eigen::VectorXd y(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        const model& m = *rows[static_cast<std::size_t>(i)];
        const cd::training_data& d = *m.data;
        x(i, 0) = x(i, 6 + static_cast<Eigen::Index>(d.domain)) = 1;
        x(i, 1) = std::log10(d.datapoints) - 8;
        x(i, 2) = std::log10(d.parameters) - 8;
        x(i, 3) = d.epochs ? 0 : 1;
        x(i, 4) = d.epochs ? std::log10(*d.epochs) : 0;
        x(i, 5) = d.year - 2020;
        const auto of_notes = columns_of(m.counted, m.data->datapoints);
        if (notes)
            for (std::size_t c = 0; c < note_columns; ++c) x(i, 11 + static_cast<Eigen::Index>(c)) = of_notes[c];
        y(i) = m.log10_flop - log10_plain(d);
    }
    const Eigen::VectorXd b = robust_ridge(x, y);
    cd::learned_tokens learned{
        .per_datapoints = b(1), .per_parameters = b(2), .epochs_not_known = b(3), .per_epochs = b(4), .per_year = b(5)};
    for (Eigen::Index d = 0; d < 5; ++d) learned.intercepts[static_cast<std::size_t>(d)] = b(0) + b(6 + d);
    line_of_units result{.line = learned};
    for (std::size_t c = 0; c < note_columns; ++c) result.of_notes[c] = b(11 + static_cast<Eigen::Index>(c));
    return result;
}

/// Of 6 N D E of language models as if all were of tokens, against what authors or hardware say besides.
double tokens_sigma(const std::vector<model>& models, const std::function<bool(const model&)>& use, bool epochs) {
    std::vector<double> errors;
    for (const model& m : models)
        if (m.data && m.language && !m.tuned && use(m) && m.data->epochs.has_value() == epochs &&
            (m.made == curated::by_both || m.made == curated::reported))
            errors.push_back(log10_plain(*m.data) - m.log10_flop);
    return sigma_of(std::move(errors));
}

/// The line, and sigmas from a cross-validation within the models used: of errors against hardware.
line_of_units learn_units(const std::vector<model>& models, const std::function<bool(const model&)>& use,
                          bool of_notes) {
    std::array<std::vector<double>, 2> errors;
    for (std::size_t part = 0; part < parts; ++part) {
        const line_of_units others = learn_line(
            models, [&](const model& m) { return use(m) && (m.parts_of_all >> part & 1U) == 0; }, of_notes);
        for (const model& m : models) {
            if (!teaches_units(m) || m.made != curated::by_hardware || !use(m) || m.part != part) continue;
            const cd::training_data& d = *m.data;
            const cd::learned_tokens rest = others.of(m);
            errors[d.epochs ? 1 : 0].push_back(
                log10_plain(d) +
                rest.log10_tokens(d.domain, std::log10(d.datapoints), std::log10(d.parameters), d.epochs, d.year) -
                m.log10_flop);
        }
    }
    line_of_units result = learn_line(models, use, of_notes);
    cd::learned_tokens& learned = result.line;
    learned.sigma = {sigma_of(errors[0]), sigma_of(errors[1])};
    for (const bool epochs : {false, true}) learned.tokens_sigma[epochs ? 1 : 0] = tokens_sigma(models, use, epochs);
    return result;
}

// ---- Size: compute of models of as many parameters.

bool teaches_sizes(const model& m) {
    return m.size && m.made != curated::by_counting && !m.tuned;
}

cd::learned_sizes learn_size_line(const std::vector<model>& models, const std::function<bool(const model&)>& use) {
    std::vector<const model*> rows;
    for (const model& m : models)
        if (teaches_sizes(m) && use(m)) rows.push_back(&m);
    Eigen::MatrixXd x = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(rows.size()), 3 + 5);
    Eigen::VectorXd y(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        const model& m = *rows[static_cast<std::size_t>(i)];
        x(i, 0) = x(i, 3 + static_cast<Eigen::Index>(m.size->domain)) = 1;
        x(i, 1) = std::log10(m.size->parameters) - 8;
        x(i, 2) = m.size->year - 2020;
        y(i) = m.log10_flop - 20;
    }
    const Eigen::VectorXd b = robust_ridge(x, y);
    cd::learned_sizes learned{.per_parameters = b(1), .per_year = b(2)};
    for (Eigen::Index d = 0; d < 5; ++d) learned.intercepts[static_cast<std::size_t>(d)] = 20 + b(0) + b(3 + d);
    return learned;
}

/// The line, and its sigma from a cross-validation within the models used: of errors against hardware.
cd::learned_sizes learn_sizes(const std::vector<model>& models, const std::function<bool(const model&)>& use) {
    std::vector<double> errors;
    for (std::size_t part = 0; part < parts; ++part) {
        const cd::learned_sizes others =
            learn_size_line(models, [&](const model& m) { return use(m) && (m.parts_of_all >> part & 1U) == 0; });
        for (const model& m : models)
            if (teaches_sizes(m) && m.made == curated::by_hardware && use(m) && m.part == part)
                errors.push_back(others.log10_flop(m.size->domain, std::log10(m.size->parameters), m.size->year) -
                                 m.log10_flop);
    }
    cd::learned_sizes learned = learn_size_line(models, use);
    learned.sigma = sigma_of(std::move(errors));
    return learned;
}

// ---- Hardware: utilisation.

cd::utilisation_distribution learn_utilisation(const std::vector<model>& models,
                                               const std::function<bool(const model&)>& use) {
    std::vector<double> logs;
    for (const model& m : models)
        if (m.utilisation && use(m)) logs.push_back(std::log10(*m.utilisation));
    if (logs.size() < 2) return {0.375, 0.13, logs.size()};
    const double median = *cd::quantile(logs, 0.5).value;
    double sum = 0;
    for (const double each : logs) sum += (each - median) * (each - median);
    return {std::pow(10, median), std::sqrt(sum / static_cast<double>(logs.size() - 1)), logs.size()};
}

/// Whether the recorded utilisation was computed from the curated value: chips, time, peak and it give that value to
/// within the rounding of two digits. Such a row agrees with itself, and says nothing of how far off hardware is.
bool is_circular(const model& m) {
    constexpr double rounding = 0.006;
    return m.run && m.run->utilisation && !m.tuned &&
           std::abs(std::log10(*cd::compute_of_hardware(*m.run).flop.value) - m.log10_flop) < rounding;
}

/// The errors are of models whose value is not by hardware, nor their utilisation by that value.
cd::learned_hardware learn_hardware(const std::vector<model>& models, const std::function<bool(const model&)>& use) {
    const auto of = [&](bool language, bool early) {
        return learn_utilisation(models, [&, language, early](const model& m) {
            return use(m) && m.language == language && (m.year < 2021) == early;
        });
    };
    cd::learned_hardware learned{.language_before_2021 = of(true, true),
                                 .language = of(true, false),
                                 .other_before_2021 = of(false, true),
                                 .other = of(false, false)};
    std::array<std::vector<double>, 2> errors;  // of models without a utilisation, and with one
    for (const model& m : models)
        if (m.run && use(m) && !m.tuned && m.made != curated::by_hardware && !is_circular(m))
            errors[m.run->utilisation ? 1 : 0].push_back(
                std::log10(*cd::compute_of_hardware(*m.run, {.typical = learned}).flop.value) - m.log10_flop);
    const double excess = *cd::quantile(errors[0], 0.5).value;
    learned.unreported = std::pow(10, -excess);
    for (double& each : errors[0]) each -= excess;
    learned.sigma = {sigma_of(errors[0]), sigma_of(errors[1])};
    return learned;
}

// ---- Errors.

struct score {
    std::vector<double> errors;
    int covered = 0;

    void add(const cd::compute_estimate& e, double log10_flop) {
        errors.push_back(std::abs(std::log10(*e.flop.value) - log10_flop));
        covered += errors.back() <= z90 * e.log10_sigma;
    }
    void print(std::string_view name) const {
        if (errors.empty()) return;
        const auto n = static_cast<double>(errors.size());
        const auto within = [&](double limit) {
            return static_cast<double>(std::ranges::count_if(errors, [=](double e) { return e <= limit; })) / n;
        };
        // Ranks that hold the median at 95 %, by the normal approximation to the binomial distribution.
        std::vector<double> sorted = errors;
        std::ranges::sort(sorted);
        const auto ranked = [&](double rank) { return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1]; };
        const double ranks = 1.959964 * std::sqrt(n) / 2;
        std::printf("  %-34.*s n %4.0f   median %.3f [%.3f, %.3f]   2x %.2f   10x %.2f   coverage %.3f\n",
                    static_cast<int>(name.size()), name.data(), n, *cd::quantile(errors, 0.5).value,
                    ranked(std::floor(n / 2 - ranks)), ranked(std::ceil(1 + n / 2 + ranks)), within(std::log10(2)),
                    within(1), covered / n);
    }
};

void print_table(const std::vector<model>& models) {
    const auto all = [](const model&) { return true; };
    const cd::learned_tokens tokens = learn_units(models, all, false).line;
    std::printf("intercepts");
    for (const double each : tokens.intercepts) std::printf(" %.2f", each);
    std::printf(
        "\nper_datapoints %.3f, per_parameters %.3f, epochs_not_known %.3f, per_epochs %.3f, per_year %.3f\n"
        "sigma {%.2f, %.2f}, tokens_sigma {%.3f, %.3f}\n",
        tokens.per_datapoints, tokens.per_parameters, tokens.epochs_not_known, tokens.per_epochs, tokens.per_year,
        tokens.sigma[0], tokens.sigma[1], tokens.tokens_sigma[0], tokens.tokens_sigma[1]);
    const cd::learned_sizes sizes = learn_sizes(models, all);
    std::printf("sizes: intercepts");
    for (const double each : sizes.intercepts) std::printf(" %.2f", each);
    std::printf(", per_parameters %.3f, per_year %.3f, sigma %.2f\n", sizes.per_parameters, sizes.per_year,
                sizes.sigma);
    const cd::learned_hardware hardware = learn_hardware(models, all);
    for (const auto& u : {hardware.language_before_2021, hardware.language, hardware.other_before_2021, hardware.other})
        std::printf("utilisation {%.3f, %.3f, %llu}\n", u.median, u.log10_sigma, static_cast<unsigned long long>(u.n));
    std::printf("unreported %.3f, hardware sigma {%.3f, %.3f}\n", hardware.unreported, hardware.sigma[0],
                hardware.sigma[1]);
}

void print_errors(const std::vector<model>& models) {
    std::array<std::array<score, 16>, 5> scores;
    constexpr std::array<std::string_view, 16> names{"6 N D",
                                                     "6 N D, learned units",
                                                     "  epochs known",
                                                     "  epochs not known",
                                                     "fine-tuned, of a known base",
                                                     "language as tokens",
                                                     "hardware",
                                                     "  recorded utilisation ignored",
                                                     "reconciled",
                                                     "6 N D, learned units, not language",
                                                     "6 N D, units of the notes too",
                                                     "  not language",
                                                     "  not language, of which a unit is",
                                                     "parameters and year, the same rows",
                                                     "  not language",
                                                     "  not language, data not known"};
    const bool has_notes = std::ranges::any_of(models, [](const model& m) { return m.counted.any(); });
    for (std::size_t part = 0; part < parts; ++part) {
        const auto others = [part](const model& m) { return (m.parts_of_all >> part & 1U) == 0; };
        const cd::learned_tokens learned = learn_units(models, others, false).line;
        const line_of_units noted = learn_units(models, others, true);
        const cd::learned_sizes sizes = learn_sizes(models, others);
        const cd::learned_hardware hardware = learn_hardware(models, others);
        for (const model& m : models) {
            if (m.part != part) continue;
            auto& of = scores[static_cast<std::size_t>(m.made)];
            std::optional<cd::compute_estimate> by_data, by_hardware;
            if (m.size && !m.tuned) {
                const auto by_size = cd::compute_of_size(*m.size, {.sizes = sizes});
                if (m.data) of[13].add(by_size, m.log10_flop);
                if (!m.language) of[m.data ? 14 : 15].add(by_size, m.log10_flop);
            }
            if (m.data) {
                cd::training_data tokens = *m.data;
                tokens.unit = cd::datapoint_unit::tokens;
                tokens.base = cd::flop(0);
                by_data = cd::compute_of_data(*m.data, {.tokens = learned});
                of[0].add(cd::compute_of_data(tokens, {.tokens = learned}), m.log10_flop);
                if (!m.tuned) {
                    of[1].add(*by_data, m.log10_flop);
                    of[m.data->epochs ? 2 : 3].add(*by_data, m.log10_flop);
                    if (!m.language) of[9].add(*by_data, m.log10_flop);
                    const auto by_notes = cd::compute_of_data(*m.data, {.tokens = noted.of(m)});
                    if (has_notes) of[10].add(by_notes, m.log10_flop);
                    if (has_notes && !m.language) of[11].add(by_notes, m.log10_flop);
                    if (m.counted.names_recorded() && !m.language) of[12].add(by_notes, m.log10_flop);
                    if (m.language) of[5].add(cd::compute_of_data(tokens, {.tokens = learned}), m.log10_flop);
                } else if (m.data->base > cd::flop(0)) {
                    of[4].add(*by_data, m.log10_flop);
                }
            }
            if (m.run && !m.tuned && (!is_circular(m) || m.made == curated::by_hardware)) {
                by_hardware = cd::compute_of_hardware(*m.run, {.typical = hardware});
                of[6].add(*by_hardware, m.log10_flop);
                cd::hardware_run unreported = *m.run;
                unreported.utilisation.reset();
                of[7].add(cd::compute_of_hardware(unreported, {.typical = hardware}), m.log10_flop);
                if (by_data) of[8].add(cd::reconcile(std::array{*by_data, *by_hardware}).combined, m.log10_flop);
            }
        }
    }
    for (std::size_t made = 0; made < scores.size(); ++made) {
        std::printf("curated value by %.*s:\n", static_cast<int>(curated_names[made].size()),
                    curated_names[made].data());
        for (std::size_t i = 0; i < names.size(); ++i) scores[made][i].print(names[i]);
    }
}

/// How far the sizes of data sets and the compute that two vintages record of the same model are apart: of models
/// outside language, by hardware, that were not tuned.
void print_differences(const std::vector<model>& older, const std::vector<model>& newer) {
    std::map<std::string, const model*> before;
    for (const model& m : older) before.emplace(m.name, &m);
    std::vector<double> of_data, of_compute;
    for (const model& m : newer) {
        if (m.language || m.tuned || m.made != curated::by_hardware || !m.data) continue;
        const auto found = before.find(m.name);
        if (found == before.end() || !found->second->data) continue;
        of_data.push_back(std::abs(std::log10(m.data->datapoints / found->second->data->datapoints)));
        of_compute.push_back(std::abs(m.log10_flop - found->second->log10_flop));
    }
    std::printf("the same models in both vintages, not language, by hardware: %zu\n", of_data.size());
    const auto print = [](std::string_view name, std::vector<double> all) {
        const auto beyond = [&](double limit) {
            return static_cast<long long>(std::ranges::count_if(all, [=](double d) { return d > limit; }));
        };
        std::printf("  %-8.*s differs by 1 %% or more in %lld, twofold in %lld, tenfold in %lld",
                    static_cast<int>(name.size()), name.data(), beyond(std::log10(1.01)), beyond(std::log10(2)),
                    beyond(1));
        std::erase_if(all, [](double d) { return d <= std::log10(1.01); });
        if (!all.empty())
            std::printf("; where it does by a factor of %.0f (median)", std::pow(10, *cd::quantile(all, 0.5).value));
        std::printf("\n");
    };
    print("data", of_data);
    print("compute", of_compute);
}

}  // namespace

int main(int argc, char** argv) try {
    const bool table = argc > 1 && std::string_view(argv[1]) == "--table";
    const char* const file = argc > (table ? 2 : 1) ? argv[table ? 2 : 1] : nullptr;
    const std::vector<model> committed = read_models(COMPUTE_DIVIDE_DATA_DIR "/models.csv", "2025-08");
    const std::vector<model> models = file == nullptr ? committed : read_models(file, "");
    if (table) {
        print_table(models);
    } else {
        print_errors(models);
        if (file != nullptr) print_differences(committed, models);
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
