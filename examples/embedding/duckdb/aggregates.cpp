// SPDX-License-Identifier: BSL-1.0
// Aggregates: share, log_trend, hhi, tally. Each is one of the library's accumulators; DuckDB adds rows to states, one
// for each group and thread, and combines them.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>

#include "vectors.hpp"

using namespace compute_divide;

namespace {

/// Small states lie in DuckDB's own memory, which it moves and forgets; others are pointed at from there, made with
/// their first record.
template <class Sums>
inline constexpr bool lies_inside = std::is_trivially_copyable_v<Sums> && sizeof(Sums) <= 256 && alignof(Sums) <= 8;

template <class Sums>
struct state_of {
    using stored = std::conditional_t<lies_inside<Sums>, Sums, Sums*>;

    static Sums& of(duckdb_aggregate_state state) {
        auto* const held = reinterpret_cast<stored*>(state);
        if constexpr (lies_inside<Sums>) {
            return *held;
        } else {
            if (*held == nullptr) *held = new Sums();
            return **held;
        }
    }
    /// Null where there is no record.
    static const Sums* if_any(duckdb_aggregate_state state) {
        auto* const held = reinterpret_cast<stored*>(state);
        if constexpr (lies_inside<Sums>)
            return held;
        else
            return *held;
    }

    static idx_t size(duckdb_function_info) { return sizeof(stored); }
    static void init(duckdb_function_info, duckdb_aggregate_state state) { new (static_cast<void*>(state)) stored{}; }
    static void destroy(duckdb_aggregate_state* states, idx_t count) {
        if constexpr (!lies_inside<Sums>)
            for (idx_t i = 0; i < count; ++i) delete std::exchange(*reinterpret_cast<stored*>(states[i]), nullptr);
    }
};

/// The callbacks of an aggregate. It has `sums`, the accumulator; `columns`, made of a chunk, with add(sums, row), and
/// perhaps add_all(sums, rows) for a chunk of one group, false where it cannot; and write(sums, vector, row).
template <class Aggregate>
struct callbacks {
    using sums = typename Aggregate::sums;
    using state = state_of<sums>;

    static void update(duckdb_function_info info, duckdb_data_chunk in, duckdb_aggregate_state* states) {
        duck::guarded(info, duckdb_aggregate_function_set_error, [&] {
            const typename Aggregate::columns columns(in);
            const idx_t rows = duckdb_data_chunk_get_size(in);
            if constexpr (requires(sums & to) { columns.add_all(to, rows); })
                if (rows > 0 && std::count(states, states + rows, states[0]) == static_cast<std::ptrdiff_t>(rows) &&
                    columns.add_all(state::of(states[0]), rows))
                    return;
            for (idx_t row = 0; row < rows; ++row) columns.add(state::of(states[row]), row);
        });
    }
    static void combine(duckdb_function_info info, duckdb_aggregate_state* sources, duckdb_aggregate_state* targets,
                        idx_t count) {
        duck::guarded(info, duckdb_aggregate_function_set_error, [&] {
            for (idx_t i = 0; i < count; ++i)
                if (const sums* const more = state::if_any(sources[i])) state::of(targets[i]).merge(*more);
        });
    }
    static void finalize(duckdb_function_info info, duckdb_aggregate_state* sources, duckdb_vector out, idx_t count,
                         idx_t offset) {
        duck::guarded(info, duckdb_aggregate_function_set_error, [&] {
            for (idx_t i = 0; i < count; ++i) {
                const sums* const found = state::if_any(sources[i]);
                Aggregate::write(found != nullptr ? *found : sums(), out, offset + i);
            }
        });
    }

    static bool add_to(duckdb_aggregate_function_set set, const char* name,
                       std::initializer_list<duckdb_type> parameters, const duck::type& result) {
        duckdb_aggregate_function function = duckdb_create_aggregate_function();
        duckdb_aggregate_function_set_name(function, name);
        for (const duckdb_type each : parameters)
            duckdb_aggregate_function_add_parameter(function, duck::type(each).get());
        duckdb_aggregate_function_set_return_type(function, result.get());
        duckdb_aggregate_function_set_special_handling(function);  // NULLs are counted as missing
        duckdb_aggregate_function_set_functions(function, state::size, state::init, update, combine, finalize);
        if constexpr (!lies_inside<sums>) duckdb_aggregate_function_set_destructor(function, state::destroy);
        const bool good = duckdb_add_aggregate_function_to_set(set, function) == DuckDBSuccess;
        duckdb_destroy_aggregate_function(&function);
        return good;
    }
};

/// share(boolean)
struct plain_share {
    using sums = share_counts;
    struct columns {
        explicit columns(duckdb_data_chunk in) : yes(in, 0) {}
        void add(sums& to, idx_t row) const { to.add(yes[row]); }
        [[nodiscard]] bool add_all(sums& to, idx_t rows) const {
            const bool* const all = yes.without_nulls();
            if (all == nullptr) return false;
            const auto successes = static_cast<std::uint64_t>(std::count(all, all + rows, true));
            to.add(true, successes);
            to.add(false, rows - successes);
            return true;
        }
        duck::column<bool> yes;
    };
    static void write(const sums& of, duckdb_vector out, idx_t row) { duck::write(out, row, of.result()); }
};

/// share(boolean, cluster): a record without a cluster depends on no other.
struct share_by_cluster {
    using sums = clustered_successes<std::string>;
    struct columns {
        explicit columns(duckdb_data_chunk in) : yes(in, 0), cluster(in, 1) {}
        void add(sums& to, idx_t row) const { to.add(yes[row], cluster[row]); }
        duck::column<bool> yes;
        duck::column<std::string_view> cluster;
    };
    static void write(const sums& of, duckdb_vector out, idx_t row) { duck::write(out, row, of.result().share); }
};

std::optional<std::chrono::sys_days> day_of(const std::optional<std::int32_t>& days) {
    if (!days) return std::nullopt;
    return std::chrono::sys_days{std::chrono::days{*days}};  // infinity is outside the calendar: not known
}
void write_growth(const growth& g, duckdb_vector out, idx_t row) {
    duck::write_struct(out, row, g.slope, g.factor, g.doubling.months, name_of(g.doubling.kind));
}

/// log_trend(date, value)
struct plain_trend {
    using sums = log_trend_sums;
    struct columns {
        explicit columns(duckdb_data_chunk in) : date(in, 0), value(in, 1) {}
        void add(sums& to, idx_t row) const { to.add(day_of(date[row]), value[row]); }
        duck::column<std::int32_t> date;
        duck::column<double> value;
    };
    static void write(const sums& of, duckdb_vector out, idx_t row) { write_growth(of.result(), out, row); }
};

/// log_trend(date, value, cluster)
struct trend_by_cluster {
    using sums = clustered_log_trend_sums<std::string>;
    struct columns {
        explicit columns(duckdb_data_chunk in) : date(in, 0), value(in, 1), cluster(in, 2) {}
        void add(sums& to, idx_t row) const { to.add(day_of(date[row]), value[row], cluster[row]); }
        duck::column<std::int32_t> date;
        duck::column<double> value;
        duck::column<std::string_view> cluster;
    };
    static void write(const sums& of, duckdb_vector out, idx_t row) { write_growth(of.result(), out, row); }
};

/// hhi(owner, amount)
struct concentration {
    using sums = owner_amounts<int, std::string>;
    struct columns {
        explicit columns(duckdb_data_chunk in) : owner(in, 0), amount(in, 1) {}
        void add(sums& to, idx_t row) const { to.add(0, owner[row], amount[row]); }
        duck::column<std::string_view> owner;
        duck::column<double> amount;
    };
    static void write(const sums& of, duckdb_vector out, idx_t row) {
        const auto keys = concentration_of_keys(of.result(), {.top = {}});
        duck::write(out, row, keys.empty() ? estimate{} : keys.front().concentration.hhi);
    }
};

/// tally(category): what part each has, in the order of their names.
struct shares_of_categories {
    using sums = tally<int, std::string>;
    struct columns {
        explicit columns(duckdb_data_chunk in) : category(in, 0) {}
        void add(sums& to, idx_t row) const { to.add(0, category[row]); }
        duck::column<std::string_view> category;
    };
    static void write(const sums& of, duckdb_vector out, idx_t row) {
        const auto table = of.result();
        const std::size_t size = table.empty() ? 0 : table.rows.front().cells.size();
        const share_interval interval;
        duck::write_list(out, row, size, [&](duckdb_vector to, idx_t at, std::size_t i) {
            const auto& all = table.rows.front();
            estimate part = share(all.cells[i].weight, all.weight, interval);
            part.n_missing = all.n_missing;
            duck::write_struct(to, at, all.cells[i].category, all.cells[i].n, part);
        });
    }
};

template <class... Aggregates>
bool register_set(duckdb_connection connection, const char* name, const duck::type& result,
                  const std::pair<std::type_identity<Aggregates>, std::initializer_list<duckdb_type>>&... each) {
    duckdb_aggregate_function_set set = duckdb_create_aggregate_function_set(name);
    bool good = (callbacks<Aggregates>::add_to(set, name, each.second, result) && ...);
    good = good && duckdb_register_aggregate_function_set(connection, set) == DuckDBSuccess;
    duckdb_destroy_aggregate_function_set(&set);
    return good;
}
template <class Aggregate>
using of = std::pair<std::type_identity<Aggregate>, std::initializer_list<duckdb_type>>;

}  // namespace

bool duck::register_aggregates(duckdb_connection connection) {
    const type text(DUCKDB_TYPE_VARCHAR), count(DUCKDB_TYPE_UBIGINT), estimate = estimate_type();
    const type growth = struct_of({{"slope", estimate.get()},
                                   {"factor", estimate.get()},
                                   {"doubling_months", estimate.get()},
                                   {"doubling", text.get()}});
    const type part = struct_of({{"category", text.get()}, {"n", count.get()}, {"share", estimate.get()}});
    const type parts = list_of(part);
    return register_set(connection, "share", estimate, of<plain_share>({}, {DUCKDB_TYPE_BOOLEAN}),
                        of<share_by_cluster>({}, {DUCKDB_TYPE_BOOLEAN, DUCKDB_TYPE_VARCHAR})) &&
           register_set(connection, "log_trend", growth, of<plain_trend>({}, {DUCKDB_TYPE_DATE, DUCKDB_TYPE_DOUBLE}),
                        of<trend_by_cluster>({}, {DUCKDB_TYPE_DATE, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_VARCHAR})) &&
           register_set(connection, "hhi", estimate,
                        of<concentration>({}, {DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_DOUBLE})) &&
           register_set(connection, "tally", parts, of<shares_of_categories>({}, {DUCKDB_TYPE_VARCHAR}));
}
