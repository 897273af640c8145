// SPDX-License-Identifier: BSL-1.0
// Functions of a row: classify_affiliation, team_of, read_hardware, training_flop.
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/compute/compute_from_data.hpp>
#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/cached_classifier.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/team.hpp>

#include "vectors.hpp"

using namespace compute_divide;

namespace {

/// Calls `body(row)` for each row of a chunk; what it throws is an error of SQL.
template <class Body>
void for_rows(duckdb_function_info info, duckdb_data_chunk in, const Body& body) {
    duck::guarded(info, duckdb_scalar_function_set_error, [&] {
        const idx_t rows = duckdb_data_chunk_get_size(in);
        for (idx_t row = 0; row < rows; ++row) body(row);
    });
}

/// Classifies texts of a column, which come in chunks. Those that come again, as those of a dictionary do, once; but to
/// remember costs as much as to classify a short text: after a chunk of which hardly any came again, a few are not.
class column_classifier {
public:
    explicit column_classifier(const classifier& who) : who_(&who), remembered_(who, {.capacity = 1'000}) {}

    void begin_chunk(idx_t rows) {
        if (chunks_apart_ > 0)
            --chunks_apart_;
        else if (rows_ > 1'000 && 20 * repeated_ < rows_)
            chunks_apart_ = 15;
        rows_ = chunks_apart_ > 0 ? 0 : rows;
        repeated_ = 0;
    }
    const affiliation& operator()(const std::string& text) {
        if (chunks_apart_ > 0) return last_ = (*who_)(text, memory_);
        const std::size_t before = remembered_.size();
        const affiliation& found = remembered_(text);
        if (remembered_.size() == before) ++repeated_;
        return found;
    }

private:
    const classifier* who_;
    cached_classifier remembered_;
    classifier::workspace memory_;
    affiliation last_;
    idx_t rows_ = 0, repeated_ = 0;  // of the chunk before, where it was remembered
    int chunks_apart_ = 0;
};

/// The first institution's name, type, country and confidence, and the sectors of all.
void classify_affiliation(duckdb_function_info info, duckdb_data_chunk in, duckdb_vector out) {
    static const classifier shared;
    thread_local column_classifier who(shared);
    thread_local std::string text;
    const duck::column<std::string_view> affiliations(in, 0);
    who.begin_chunk(duckdb_data_chunk_get_size(in));
    std::array<duckdb_vector, 5> children{};
    for (idx_t i = 0; i < children.size(); ++i) children[i] = duckdb_struct_vector_get_child(out, i);
    const auto [names, types, sector_lists, countries, confidences] = children;
    for_rows(info, in, [&](idx_t row) {
        const auto given = affiliations[row];
        if (!given) return duck::write_null(out, row);
        text = *given;
        const affiliation& found = who(text);
        const institution* const first = found.institutions.empty() ? nullptr : &found.institutions.front();
        const auto known = [&](std::string_view value) {
            return first == nullptr || value.empty() ? std::nullopt : std::optional(value);
        };
        duck::write(names, row, first != nullptr ? known(first->name) : std::nullopt);
        duck::write(types, row, first != nullptr ? known(name_of(first->type)) : std::nullopt);
        duck::write_list(sector_lists, row, found.sectors.size(), [&](duckdb_vector sectors, idx_t at, std::size_t i) {
            duck::write(sectors, at, name_of(found.sectors[i]));
        });
        duck::write(countries, row, first != nullptr ? known(first->country) : std::nullopt);
        duck::write(confidences, row, first != nullptr ? std::optional(first->confidence) : std::nullopt);
    });
}

/// Of the sectors of each author: an author's weight is split over them.
void team_of_sectors(duckdb_function_info info, duckdb_data_chunk in, duckdb_vector out) {
    const duckdb_vector lists = duckdb_data_chunk_get_vector(in, 0), inner = duckdb_list_vector_get_child(lists);
    const duck::column<duckdb_list_entry> papers(lists), authors(inner);
    const duck::column<std::string_view> sectors(duckdb_list_vector_get_child(inner));
    for_rows(info, in, [&](idx_t row) {
        const auto paper = papers[row];
        if (!paper) return duck::write_null(out, row);
        std::vector<std::vector<sector>> team;
        for (idx_t i = 0; i < paper->length; ++i) {
            auto& own = team.emplace_back();
            const auto author = authors[paper->offset + i];
            for (idx_t k = 0; author && k < author->length; ++k)
                if (const auto name = sectors[author->offset + k]) own.push_back(parse_name<sector>(*name));
        }
        duck::write(out, row, name_of(team_of(count_sectors(team))));
    });
}
/// Of one sector for each author.
void team_of_authors(duckdb_function_info info, duckdb_data_chunk in, duckdb_vector out) {
    const duckdb_vector lists = duckdb_data_chunk_get_vector(in, 0);
    const duck::column<duckdb_list_entry> papers(lists);
    const duck::column<std::string_view> sectors(duckdb_list_vector_get_child(lists));
    for_rows(info, in, [&](idx_t row) {
        const auto paper = papers[row];
        if (!paper) return duck::write_null(out, row);
        sector_counts counts;
        for (idx_t i = 0; i < paper->length; ++i) {
            const auto name = sectors[paper->offset + i];
            counts.add(name ? parse_name<sector>(*name) : sector::unknown);
        }
        duck::write(out, row, name_of(team_of(counts)));
    });
}

void read_hardware(duckdb_function_info info, duckdb_data_chunk in, duckdb_vector out) {
    static const hardware_reader read;
    const duck::column<std::string_view> texts(in, 0);
    for_rows(info, in, [&](idx_t row) {
        const auto text = texts[row];
        if (!text) return duck::write_null(out, row);
        const auto mentions = read(*text);
        duck::write_list(out, row, mentions.size(), [&](duckdb_vector to, idx_t at, std::size_t i) {
            const hardware_mention& m = mentions[i];
            const auto chip = m.chip.empty() ? std::nullopt : std::optional(m.chip);
            duck::write_struct(to, at, chip, m.count, m.hours, m.chip_hours, m.utilisation, name_of(m.use));
        });
    });
}

/// training_flop(parameters, tokens): of one epoch; training_flop(parameters, datapoints, epochs, unit): NULL epochs
/// are not known.
void training_flop_of_data(duckdb_function_info info, duckdb_data_chunk in, duckdb_vector out) {
    const bool of_tokens = duckdb_data_chunk_get_column_count(in) == 2;
    const duck::column<double> parameters(in, 0), datapoints(in, 1);
    std::optional<duck::column<double>> epochs;
    std::optional<duck::column<std::string_view>> units;
    if (!of_tokens) {
        epochs.emplace(in, 2);
        units.emplace(in, 3);
    }
    for_rows(info, in, [&](idx_t row) {
        const auto n = parameters[row], d = datapoints[row];
        const auto unit = of_tokens ? std::optional<std::string_view>("tokens") : (*units)[row];
        if (!n || !d || !unit) return duck::write_null(out, row);
        training_data data{.parameters = *n, .datapoints = *d, .epochs = of_tokens ? 1 : (*epochs)[row]};
        data.unit = parse_name<datapoint_unit>(*unit);
        if (data.unit == datapoint_unit::unknown)
            throw std::invalid_argument("training_flop: a unit of the data points is required, got \"unknown\"");
        duck::write(out, row, compute_of_data(data).flop);
    });
}

}  // namespace

bool duck::register_scalars(duckdb_connection connection) {
    const type text(DUCKDB_TYPE_VARCHAR), number(DUCKDB_TYPE_DOUBLE);
    const type texts = list_of(text), lists = list_of(texts), estimate = estimate_type();
    const type institution = struct_of({{"name", text.get()},
                                        {"type", text.get()},
                                        {"sectors", texts.get()},
                                        {"country", text.get()},
                                        {"confidence", number.get()}});
    const type mention = struct_of({{"chip", text.get()},
                                    {"count", number.get()},
                                    {"hours", number.get()},
                                    {"chip_hours", number.get()},
                                    {"utilisation", number.get()},
                                    {"use", text.get()}});
    const type mentions = list_of(mention);
    return register_scalar(connection, "classify_affiliation",
                           {{{text.get()}, institution.get(), classify_affiliation}}) &&
           register_scalar(
               connection, "team_of",
               {{{texts.get()}, text.get(), team_of_authors}, {{lists.get()}, text.get(), team_of_sectors}}) &&
           register_scalar(connection, "read_hardware", {{{text.get()}, mentions.get(), read_hardware}}) &&
           register_scalar(
               connection, "training_flop",
               {{{number.get(), number.get()}, estimate.get(), training_flop_of_data},
                {{number.get(), number.get(), number.get(), text.get()}, estimate.get(), training_flop_of_data}});
}
