// SPDX-License-Identifier: BSL-1.0
// The table function read_openalex: works of a snapshot's parts, each part by one thread.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/cached_classifier.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/io/openalex_snapshot.hpp>
#include <compute_divide/io/openalex_types.hpp>

#include "vectors.hpp"

using namespace compute_divide;

namespace {

/// What the query says: which parts, and how they are read.
struct works_of {
    std::vector<openalex_snapshot_part> parts;
    error_handling on_error = error_handling::fail;
    openalex_types types = openalex_types::given;
};

enum class field {
    id,
    year,
    date,
    type,
    language,
    retracted,
    paratext,
    xpac,
    title,
    abstract,
    source,
    topic,
    n_authors,
    n_institutions,
    institutions,
    sectors,
    team,
    file,
    updated,
    problem
};
constexpr idx_t n_fields = static_cast<idx_t>(field::problem) + 1;

/// Of all threads: which part is next, and which columns are wanted.
struct scan {
    std::vector<idx_t> columns;  // of each vector of a chunk; others than fields where only rows are counted
    openalex_fields fields = {};
    std::atomic<std::size_t> next_part = 0;

    [[nodiscard]] bool wants(std::initializer_list<field> any) const {
        for (const field each : any)
            if (std::find(columns.begin(), columns.end(), static_cast<idx_t>(each)) != columns.end()) return true;
        return false;
    }
};

/// Of one thread: the part that it is at.
class worker {
public:
    worker(const works_of& all, scan& shared)
        : all_(&all), scan_(&shared), who_(of_all_threads()), sectors_(who_, all.types) {}

    /// Fills a chunk; one without rows is the last.
    void fill(duckdb_data_chunk chunk) {
        vectors_.clear();
        for (idx_t i = 0; i < scan_->columns.size(); ++i) vectors_.push_back(duckdb_data_chunk_get_vector(chunk, i));
        const idx_t most = duckdb_vector_size();
        idx_t row = 0;
        while (row < most && (reader_ || open_next())) {
            const auto& problems = reader_->problems();
            if (told_ < problems.size()) {
                write_problem(row++, to_string(problems[told_++]));
            } else if (at_ != openalex_reader::end()) {
                write_work(row++, **at_);
                ++*at_;
            } else {
                if (reader_->n_problems() > told_)
                    write_problem(row++, std::to_string(reader_->n_problems() - told_) + " more problems");
                at_.reset();
                reader_.reset();
            }
        }
        duckdb_data_chunk_set_size(chunk, row);
    }

private:
    static const classifier& of_all_threads() {
        static const classifier shared;
        return shared;
    }

    bool open_next() {
        const std::size_t next = scan_->next_part++;
        if (next >= all_->parts.size()) return false;
        part_ = &all_->parts[next];
        told_ = 0;
        const openalex_options options{.fields = scan_->fields, .on_error = all_->on_error};
        reader_.reset(new openalex_reader(openalex_reader::open(part_->path, options)));
        at_.emplace(reader_->begin());
        return true;
    }

    void write_problem(idx_t row, const std::string& problem) {
        for (std::size_t i = 0; i < vectors_.size(); ++i) {
            const idx_t column = scan_->columns[i];
            if (column == static_cast<idx_t>(field::problem))
                duck::write(vectors_[i], row, problem);
            else if (column == static_cast<idx_t>(field::file))
                duck::write(vectors_[i], row, part_->path);
            else if (column == static_cast<idx_t>(field::updated))
                duck::write(vectors_[i], row, part_->updated);
            else if (column < n_fields)
                duck::write_null(vectors_[i], row);
        }
    }

    void write_work(idx_t row, const openalex_work& work) {
        institutions_.clear();
        for (const openalex_authorship& author : work.authorships)
            for (const openalex_institution& each : author.institutions) {
                const auto same = [&each](const openalex_institution* other) {
                    return each.id.empty() ? *other == each : other->id == each.id;
                };
                if (std::none_of(institutions_.begin(), institutions_.end(), same)) institutions_.push_back(&each);
            }
        authors_ = nullptr;
        for (std::size_t i = 0; i < vectors_.size(); ++i)
            if (scan_->columns[i] < n_fields)
                write_field(static_cast<field>(scan_->columns[i]), vectors_[i], row, work);
    }

    void write_field(field which, duckdb_vector to, idx_t row, const openalex_work& work) {
        const auto text = [&](std::string_view given) {
            duck::write(to, row, given.empty() ? std::nullopt : std::optional(given));
        };
        const auto count = [&](std::size_t n) {
            duck::write(to, row, work.authorships_known ? std::optional<std::uint64_t>(n) : std::nullopt);
        };
        switch (which) {
            case field::id:
                return text(work.id);
            case field::year:
                return duck::write(to, row, work.year);
            case field::date:
                return duck::write(to, row, work.date);
            case field::type:
                return duck::write(to, row, work.type);
            case field::language:
                return duck::write(to, row, work.language);
            case field::retracted:
                return duck::write(to, row, work.is_retracted);
            case field::paratext:
                return duck::write(to, row, work.is_paratext);
            case field::xpac:
                return duck::write(to, row, work.is_xpac);
            case field::title:
                return text(work.title);
            case field::abstract:
                return duck::write(to, row, work.abstract.known() ? std::optional(work.abstract.text()) : std::nullopt);
            case field::source:
                return text(work.source.name);
            case field::topic:
                return text(work.topics.empty() ? std::string_view() : work.topics.front().name);
            case field::n_authors:
                return count(work.authorships.size());
            case field::n_institutions:
                return count(institutions_.size());
            case field::institutions:
                if (!work.authorships_known) return duck::write_null(to, row);
                return duck::write_list(
                    to, row, institutions_.size(), [&](duckdb_vector list, idx_t at, std::size_t i) {
                        const openalex_institution& each = *institutions_[i];
                        const auto known = [](const std::string& id) {
                            return id.empty() ? std::nullopt : std::optional<std::string_view>(id);
                        };
                        const auto type = each.type ? std::optional(name_of(*each.type)) : std::nullopt;
                        duck::write_struct(list, at, known(each.id), known(each.ror), each.country, type);
                    });
            case field::sectors:
                if (!work.authorships_known) return duck::write_null(to, row);
                return duck::write_list(
                    to, row, sectors_of(work).size(), [&](duckdb_vector authors, idx_t at, std::size_t i) {
                        const auto& own = sectors_of(work)[i];
                        duck::write_list(authors, at, own.size(), [&](duckdb_vector list, idx_t place, std::size_t k) {
                            duck::write(list, place, name_of(own[k]));
                        });
                    });
            case field::team:
                if (!work.authorships_known) return duck::write_null(to, row);
                return duck::write(to, row, name_of(team_of(count_sectors(sectors_of(work)))));
            case field::file:
                return text(part_->path);
            case field::updated:
                return duck::write(to, row, part_->updated);
            case field::problem:
                return duck::write_null(to, row);
        }
    }

    /// The sectors of a work's authors, found once.
    const std::vector<std::vector<sector>>& sectors_of(const openalex_work& work) {
        if (authors_ == nullptr) authors_ = &sectors_(work);
        return *authors_;
    }

    const works_of* all_;
    scan* scan_;
    cached_classifier who_;
    openalex_sectors<cached_classifier> sectors_;
    const std::vector<std::vector<sector>>* authors_ = nullptr;
    std::vector<const openalex_institution*> institutions_;  // of a work, each once
    std::vector<duckdb_vector> vectors_;
    const openalex_snapshot_part* part_ = nullptr;
    std::unique_ptr<openalex_reader> reader_;
    std::optional<openalex_reader::iterator> at_;
    std::size_t told_ = 0;  // problems of the part
};

/// The text of an argument; empty for NULL or none.
std::optional<std::string> text_of(duckdb_value value) {
    std::optional<std::string> text;
    if (value != nullptr && !duckdb_is_null_value(value)) {
        char* const made = duckdb_get_varchar(value);
        text = made;
        duckdb_free(made);
    }
    duckdb_destroy_value(&value);
    return text;
}

void bind(duckdb_bind_info info) {
    duck::guarded(info, duckdb_bind_set_error, [info] {
        auto all = std::make_unique<works_of>();
        const auto path = text_of(duckdb_bind_get_parameter(info, 0));
        if (!path || *path == "-")
            throw std::invalid_argument("read_openalex: the path of a file or folder is required, got " +
                                        std::string(path ? "\"-\"" : "NULL"));
        if (const auto given = text_of(duckdb_bind_get_named_parameter(info, "on_error")))
            all->on_error = parse_name<error_handling>(*given);
        if (const auto given = text_of(duckdb_bind_get_named_parameter(info, "types")))
            all->types = parse_name<openalex_types>(*given);
        const openalex_snapshot snapshot = open_snapshot({*path});
        all->parts = snapshot.parts;

        using duck::type;
        const type text(DUCKDB_TYPE_VARCHAR), whole(DUCKDB_TYPE_INTEGER), day(DUCKDB_TYPE_DATE),
            yes(DUCKDB_TYPE_BOOLEAN), number(DUCKDB_TYPE_UBIGINT);
        const type lists = duck::list_of(duck::list_of(text));
        const type institutions = duck::list_of(
            duck::struct_of({{"id", text.get()}, {"ror", text.get()}, {"country", text.get()}, {"type", text.get()}}));
        for (const auto& [name, column] : {std::pair{"id", &text},
                                           {"year", &whole},
                                           {"date", &day},
                                           {"type", &text},
                                           {"language", &text},
                                           {"is_retracted", &yes},
                                           {"is_paratext", &yes},
                                           {"is_xpac", &yes},
                                           {"title", &text},
                                           {"abstract", &text},
                                           {"source", &text},
                                           {"topic", &text},
                                           {"n_authors", &number},
                                           {"n_institutions", &number},
                                           {"institutions", &institutions},
                                           {"sectors", &lists},
                                           {"team", &text},
                                           {"file", &text},
                                           {"updated", &day},
                                           {"problem", &text}})
            duckdb_bind_add_result_column(info, name, column->get());
        duckdb_bind_set_bind_data(info, all.release(), [](void* data) { delete static_cast<works_of*>(data); });
    });
}

void init(duckdb_init_info info) {
    duck::guarded(info, duckdb_init_set_error, [info] {
        const auto& all = *static_cast<const works_of*>(duckdb_init_get_bind_data(info));
        auto shared = std::make_unique<scan>();
        for (idx_t i = 0; i < duckdb_init_get_column_count(info); ++i)
            shared->columns.push_back(duckdb_init_get_column_index(info, i));
        const bool sectors = shared->wants({field::sectors, field::team});
        shared->fields = {
            .topics = shared->wants({field::topic}),
            .concepts = false,
            .authorships = sectors || shared->wants({field::n_authors, field::n_institutions, field::institutions}),
            .raw_affiliations = sectors && all.types != openalex_types::given,
            .source = shared->wants({field::source}),
            .abstract = shared->wants({field::abstract}),
            .title = shared->wants({field::title})};
        duckdb_init_set_max_threads(info, all.parts.size());
        duckdb_init_set_init_data(info, shared.release(), [](void* data) { delete static_cast<scan*>(data); });
    });
}

void init_thread(duckdb_init_info info) {
    duck::guarded(info, duckdb_init_set_error, [info] {
        duckdb_init_set_init_data(info, new std::unique_ptr<worker>,
                                  [](void* data) { delete static_cast<std::unique_ptr<worker>*>(data); });
    });
}

void read(duckdb_function_info info, duckdb_data_chunk chunk) {
    duck::guarded(info, duckdb_function_set_error, [&] {
        auto& mine = *static_cast<std::unique_ptr<worker>*>(duckdb_function_get_local_init_data(info));
        if (!mine)
            mine = std::make_unique<worker>(*static_cast<const works_of*>(duckdb_function_get_bind_data(info)),
                                            *static_cast<scan*>(duckdb_function_get_init_data(info)));
        mine->fill(chunk);
    });
}

}  // namespace

bool duck::register_tables(duckdb_connection connection) {
    const type text(DUCKDB_TYPE_VARCHAR);
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, "read_openalex");
    duckdb_table_function_add_parameter(function, text.get());
    duckdb_table_function_add_named_parameter(function, "on_error", text.get());
    duckdb_table_function_add_named_parameter(function, "types", text.get());
    duckdb_table_function_set_bind(function, bind);
    duckdb_table_function_set_init(function, init);
    duckdb_table_function_set_local_init(function, init_thread);
    duckdb_table_function_set_function(function, read);
    duckdb_table_function_supports_projection_pushdown(function, true);
    const bool good = duckdb_register_table_function(connection, function) == DuckDBSuccess;
    duckdb_destroy_table_function(&function);
    return good;
}
