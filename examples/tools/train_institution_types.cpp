// SPDX-License-Identifier: BSL-1.0
// Trains institutions/learned_types.hpp and writes its weights; prints how good they are on organisations kept apart.
//   zcat ror_v2_records.jsonl.gz | train_institution_types
//   include/compute_divide/institutions/detail/learned_weights.hpp [HELD_OUT.csv]
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/name_features.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

namespace cd = compute_divide;

namespace {

constexpr std::size_t type_count = 8;
constexpr std::size_t company = static_cast<std::size_t>(cd::institution_type::company);
constexpr int epochs = 4;
constexpr float first_rate = 0.15f;
constexpr float penalty = 1e-6f;
constexpr float levels = 45;  // weights are -45 to 45, written as the characters '#' to '}'
constexpr char zero = 'P';

using scores = std::array<float, type_count>;

struct organisation {
    std::set<std::string> names;  // normalised
    std::string city, country;
    unsigned types = 0;  // bit set
    unsigned split = 0;  // 0: test, 1: calibration, 2 to 9: training
};

/// A text, its features and its types.
struct example {
    std::string text;
    std::vector<std::uint32_t> features;
    unsigned types = 0;
    float weight = 1;
};

std::vector<organisation> read_organisations(std::istream& in) {
    std::vector<organisation> found;
    for (std::string line; std::getline(in, line);) {
        const auto record = nlohmann::json::parse(line);
        organisation next;
        for (const std::string type : record.at("types"))
            if (type != "funder") next.types |= 1U << static_cast<unsigned>(cd::parse_name<cd::institution_type>(type));
        if (next.types == 0) continue;
        for (const auto& name : record.at("names"))
            next.names.insert(cd::normalised(name.at("value").get_ref<const std::string&>()));
        if (!record.at("locations").empty()) {
            const auto& place = record["locations"][0].at("geonames_details");
            next.city = cd::normalised(place.value("name", ""));
            next.country = cd::normalised(place.value("country_name", ""));
        }
        std::uint64_t id = 0;
        for (const char c : record.at("id").get<std::string>())
            id = cd::detail::mixed(id + static_cast<unsigned char>(c));
        next.split = static_cast<unsigned>(id % 10);
        found.push_back(std::move(next));
    }
    return found;
}

/// The name without the legal forms at its end, which affiliations often omit.
std::string without_legal_form(std::string name) {
    static constexpr std::string_view forms[] = {
        "inc",   "ltd", "llc",  "gmbh", "corp", "corporation", "limited", "incorporated", "company", "co",
        "co kg", "kg",  "s.a.", "sa",   "spa",  "s.p.a.",      "srl",     "s.r.l.",       "bv",      "b.v.",
        "ag",    "a/s", "as",   "ab",   "oy",   "plc",         "pty",     "pte",          "pvt",     "private",
        "k.k.",  "sl",  "s.l.", "sas",  "kft",  "lp",          "llp",     "nv",           "n.v."};
    const auto trim = [&] { name.erase(name.find_last_not_of(" .,()&") + 1); };
    for (bool found = true; found;) {
        found = false;
        trim();
        for (const std::string_view form : forms) {
            const std::string_view bare = form.ends_with('.') ? form.substr(0, form.size() - 1) : form;
            if (name.size() > bare.size() + 1 && name.ends_with(bare) && name[name.size() - bare.size() - 1] == ' ') {
                name.resize(name.size() - bare.size());
                found = true;
            }
        }
    }
    return name;
}

/// The name as affiliations have it: behind a department, before a city or country.
std::string in_context(std::string name, const organisation& from, cd::random_stream& random) {
    static constexpr std::string_view departments[] = {
        "department of computer science", "dept. of electrical engineering", "school of medicine", "r&d center",
        "research and development",       "department of physics",           "faculty of science", "research division",
        "laboratory of biology",          "center for data science"};
    if (random.below(3) == 0) name = fmt::format("{}, {}", departments[random.below(std::size(departments))], name);
    const std::uint64_t place = random.below(4);
    if (place % 2 == 1 && !from.city.empty()) name += ", " + from.city;
    if (place != 1 && !from.country.empty()) name += ", " + from.country;
    return name;
}

std::vector<example> examples_of(const std::vector<organisation>& organisations, unsigned first, unsigned last) {
    std::vector<example> examples;
    cd::random_stream random(first);
    const auto add = [&](std::string text, unsigned types, float weight) {
        example next{std::move(text), {}, types, weight};
        cd::for_each_name_feature(next.text, [&](std::size_t kind, std::size_t bucket) {
            next.features.push_back(static_cast<std::uint32_t>(kind * cd::name_feature_buckets + bucket));
        });
        examples.push_back(std::move(next));
    };
    for (const organisation& each : organisations) {
        if (each.split < first || each.split > last) continue;
        for (const std::string& name : each.names) {
            const std::string bare = without_legal_form(name);
            const bool shortened = bare != name;
            add(name, each.types, shortened ? 0.5f : 1);
            if (shortened) add(bare, each.types, 0.5f);
            add(in_context(shortened && random.below(2) == 0 ? bare : name, each, random), each.types, 1);
        }
    }
    return examples;
}

class model {
public:
    std::vector<scores> weights = std::vector<scores>(cd::name_feature_kinds * cd::name_feature_buckets);
    scores bias{};

    [[nodiscard]] scores probabilities(const example& of, float sharpness = 1) const {
        scores p = bias;
        const float scale = 1 / std::sqrt(static_cast<float>(of.features.size()));
        for (const std::uint32_t f : of.features)
            for (std::size_t t = 0; t < type_count; ++t) p[t] += scale * weights[f][t];
        const float largest = *std::ranges::max_element(p);
        float total = 0;
        for (float& x : p) total += x = std::exp(sharpness * (x - largest));
        for (float& x : p) x /= total;
        return p;
    }

    /// Multinomial logistic regression by AdaGrad (Duchi, Hazan, Singer 2011), the rate falling linearly.
    void train(const std::vector<example>& examples) {
        std::vector<scores> squares(weights.size());
        for (auto& square : squares) square.fill(1e-8f);
        std::vector<std::size_t> order(examples.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        cd::random_stream random(1);
        for (int epoch = 0; epoch < epochs; ++epoch) {
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
            const float rate = first_rate * static_cast<float>(epochs - epoch) / epochs;
            for (const std::size_t i : order) step(examples[i], rate, squares);
        }
    }

    /// Rounds the weights to their levels; returns the size of one. The largest in a thousand are cut off.
    float quantise() {
        std::vector<float> sizes;
        for (const scores& row : weights)
            for (const float w : row) sizes.push_back(std::abs(w));
        const auto cut = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() - sizes.size() / 1000);
        std::ranges::nth_element(sizes, cut);
        const float unit = *cut / levels;
        for (scores& row : weights)
            for (float& w : row) w = unit * std::clamp(std::round(w / unit), -levels, levels);
        return unit;
    }

private:
    void step(const example& on, float rate, std::vector<scores>& squares) {
        scores error = probabilities(on);
        const float scale = 1 / std::sqrt(static_cast<float>(on.features.size()));
        for (std::size_t t = 0; t < type_count; ++t) {
            if ((on.types >> t & 1U) != 0) error[t] -= 1 / static_cast<float>(std::popcount(on.types));
            error[t] *= on.weight;
            bias[t] -= 0.01f * rate * error[t];
        }
        for (const std::uint32_t f : on.features)
            for (std::size_t t = 0; t < type_count; ++t) {
                const float slope = scale * error[t] + penalty * weights[f][t];
                squares[f][t] += slope * slope;
                weights[f][t] -= rate * slope / std::sqrt(squares[f][t]);
            }
    }
};

/// The factor of all scores under which the true types are most probable (Guo et al. 2017: temperature scaling).
float sharpness_for(const model& of, const std::vector<example>& examples) {
    const auto loss = [&](float sharpness) {
        double sum = 0;
        for (const example& each : examples) {
            const scores p = of.probabilities(each, sharpness);
            double right = 1e-12;
            for (std::size_t t = 0; t < type_count; ++t)
                if ((each.types >> t & 1U) != 0) right += static_cast<double>(p[t]);
            sum -= std::log(right);
        }
        return sum;
    };
    float best = 0.5f;
    double least = loss(best);
    for (float tried = best + 0.02f; tried < 2; tried += 0.02f)
        if (const double sum = loss(tried); sum < least) {
            least = sum;
            best = tried;
        }
    return best;
}

/// Accuracy, calibration and what each threshold gives.
void report(std::string_view title, const model& of, float sharpness, const std::vector<example>& examples) {
    struct answer {
        float probability;
        std::size_t type;
        bool right;
    };
    std::vector<answer> answers;
    std::array<double, 10> deviation{};
    long companies = 0, right = 0;
    for (const example& each : examples) {
        const scores p = of.probabilities(each, sharpness);
        const auto best = std::ranges::max_element(p);
        const auto type = static_cast<std::size_t>(best - p.begin());
        answers.push_back({*best, type, (each.types >> type & 1U) != 0});
        deviation[static_cast<std::size_t>(std::min(9.0f, *best * 10))] +=
            static_cast<double>(*best) - answers.back().right;
        companies += each.types >> company & 1U;
        right += answers.back().right;
    }
    double error = 0;
    for (const double d : deviation) error += std::abs(d);
    const auto all = static_cast<double>(answers.size());
    fmt::print(std::cerr, "{}: {} strings, accuracy {:.3f}, expected calibration error {:.3f}\n", title, answers.size(),
               static_cast<double>(right) / all, error / all);
    fmt::print(std::cerr, "  threshold  answered  right  company precision  recall\n");
    for (const float threshold : {0.0f, 0.4f, 0.5f, 0.55f, 0.6f, 0.65f, 0.7f, 0.8f}) {
        double given = 0, good = 0, as_company = 0, true_company = 0;
        for (const answer& each : answers) {
            if (each.probability < threshold) continue;
            ++given;
            good += each.right;
            as_company += each.type == company;
            true_company += each.type == company && each.right;
        }
        fmt::print(std::cerr, "  {:9.2f}  {:8.3f}  {:5.3f}  {:17.3f}  {:6.3f}\n", threshold, given / all, good / given,
                   true_company / as_company, true_company / static_cast<double>(companies));
    }
}

/// Those whose words do not give their type away, which is what the model is for.
std::vector<example> without_plain_words(std::vector<example> examples) {
    const cd::term_set plain{
        {"universit*"},  {"universid*"}, {"college*"},  {"school"},     {"hochschule*"}, {"ecole"},      {"hospital*"},
        {"klinik*"},     {"clinic*"},    {"inc"},       {"ltd"},        {"llc"},         {"gmbh"},       {"corp"},
        {"corporation"}, {"limited"},    {"company"},   {"ministry"},   {"ministerio"},  {"foundation"}, {"fondation"},
        {"association"}, {"society"},    {"institut*"}, {"laborator*"}, {"library"},     {"museum"},     {"archive*"},
        {"academy"},     {"department"}, {"agency"},    {"center"},     {"centre"}};
    std::erase_if(examples, [&](const example& each) {
        bool found = false;
        plain.for_each(std::string_view(each.text), [&](const cd::term_hit&) { found = true; });
        return found;
    });
    return examples;
}

void write_weights(std::ostream& out, const model& trained, float unit, float sharpness) {
    out << "// SPDX-License-Identifier: BSL-1.0\n"
           "// Written by examples/tools/train_institution_types.cpp.\n"
           "// clang-format off\n"
           "#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_LEARNED_WEIGHTS_HPP\n"
           "#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_LEARNED_WEIGHTS_HPP\n\n"
           "#include <array>\n#include <cstddef>\n\n"
           "namespace compute_divide::inline v0_2::detail {\n\n"
           "inline constexpr std::size_t learned_type_count = 8;\n"
        << fmt::format("inline constexpr std::array<double, learned_type_count> learned_bias{{{}",
                       sharpness * trained.bias[0]);
    for (std::size_t t = 1; t < type_count; ++t) out << fmt::format(", {}", sharpness * trained.bias[t]);
    out << fmt::format("}};\ninline constexpr double learned_scale = {};\n", sharpness * unit)
        << fmt::format("inline constexpr char learned_zero = '{}';\n\n", zero)
        << "/// A character for each feature and type: learned_scale times its distance from learned_zero is the "
           "weight.\n"
           "/// A string a kind of features, since longer ones are not portable.\n"
        << fmt::format("alignas(64) inline constexpr char learned_weights[{}][{}] = {{\n", cd::name_feature_kinds,
                       (cd::name_feature_buckets + 1) * type_count);
    constexpr std::size_t buckets_per_line = 13;
    for (std::size_t kind = 0; kind < cd::name_feature_kinds; ++kind) {
        for (std::size_t bucket = 0; bucket < cd::name_feature_buckets; ++bucket) {
            if (bucket % buckets_per_line == 0) out << (bucket == 0 ? "\"" : "\"\n\"");
            for (const float w : trained.weights[kind * cd::name_feature_buckets + bucket]) {
                const char c = static_cast<char>(zero + std::lround(w / unit));
                if (c == '\\' || c == '?') out << '\\';
                out << c;
            }
        }
        out << "\",\n";
    }
    out << "};\n\n}  // namespace compute_divide::inline v0_2::detail\n\n#endif\n";
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 2 || argc > 3 || argv[1][0] == '-') {
        std::cerr << "usage: train_institution_types WEIGHTS.hpp [HELD_OUT.csv] < RECORDS.jsonl\n";
        return 2;
    }
    const std::vector<organisation> organisations = read_organisations(std::cin);
    model trained;
    trained.train(examples_of(organisations, 2, 9));
    const float unit = trained.quantise();
    const float sharpness = sharpness_for(trained, examples_of(organisations, 1, 1));
    const std::vector<example> test = examples_of(organisations, 0, 0);
    report("held out", trained, sharpness, test);
    report("held out, no plain word", trained, sharpness, without_plain_words(test));

    std::ofstream weights(argv[1], std::ios::binary);
    write_weights(weights, trained, unit, sharpness);
    weights.close();
    if (!weights) throw std::runtime_error(fmt::format("train_institution_types: {} cannot be written", argv[1]));
    if (argc == 3) {
        std::ofstream held_out(argv[2], std::ios::binary);
        cd::write_csv_row(held_out, {"type", "normalised name"});
        for (std::size_t i = 0; i < test.size(); i += 10)
            if (std::has_single_bit(test[i].types))
                cd::write_csv_row(
                    held_out,
                    std::vector<std::string>{
                        std::string(cd::name_of(static_cast<cd::institution_type>(std::countr_zero(test[i].types)))),
                        test[i].text});
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
