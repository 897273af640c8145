// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_EMBEDDING_DUCKDB_VECTORS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_EMBEDDING_DUCKDB_VECTORS_HPP

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <duckdb_extension.h>

#include <compute_divide/estimate.hpp>

DUCKDB_EXTENSION_EXTERN

/// DuckDB's vectors as typed columns. Inputs are flat, DuckDB sees to that; what a NULL slot holds is never looked at.
namespace duck {

/// A type, to be destroyed.
class type {
public:
    explicit type(duckdb_type id) : type_(duckdb_create_logical_type(id)) {}
    explicit type(duckdb_logical_type made) : type_(made) {}
    type(const type&) = delete;
    type& operator=(const type&) = delete;
    ~type() { duckdb_destroy_logical_type(&type_); }
    [[nodiscard]] duckdb_logical_type get() const { return type_; }

private:
    duckdb_logical_type type_;
};
[[nodiscard]] inline type list_of(const type& child) {
    return type(duckdb_create_list_type(child.get()));
}
[[nodiscard]] inline type struct_of(std::initializer_list<std::pair<const char*, duckdb_logical_type>> members) {
    std::vector<const char*> names;
    std::vector<duckdb_logical_type> types;
    for (const auto& [name, each] : members) {
        names.push_back(name);
        types.push_back(each);
    }
    return type(duckdb_create_struct_type(types.data(), names.data(), names.size()));
}

/// A column that is read: `column[row]` is empty where it is NULL.
template <class T>
class column {
public:
    explicit column(duckdb_vector vector)
        : data_(static_cast<const stored*>(duckdb_vector_get_data(vector))),
          validity_(duckdb_vector_get_validity(vector)) {}
    column(duckdb_data_chunk chunk, idx_t index) : column(duckdb_data_chunk_get_vector(chunk, index)) {}

    /// All its values, where there is no NULL.
    [[nodiscard]] const auto* without_nulls() const { return validity_ == nullptr ? data_ : nullptr; }
    [[nodiscard]] bool is_null(idx_t row) const {
        return validity_ != nullptr && (validity_[row / 64] >> (row % 64) & 1U) == 0;
    }
    [[nodiscard]] std::optional<T> operator[](idx_t row) const {
        if (is_null(row)) return std::nullopt;
        if constexpr (std::same_as<T, std::string_view>) {
            const duckdb_string_t& text = data_[row];
            const std::uint32_t length = text.value.inlined.length;
            return std::string_view(length <= 12 ? text.value.inlined.inlined : text.value.pointer.ptr, length);
        } else {
            return static_cast<T>(data_[row]);
        }
    }

private:
    using stored = std::conditional_t<std::same_as<T, std::string_view>, duckdb_string_t, T>;
    const stored* data_;
    const std::uint64_t* validity_;
};

inline void write_plain_null(duckdb_vector to, idx_t row) {
    duckdb_vector_ensure_validity_writable(to);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(to), row);
}
/// Of a struct, its members too: who takes one out does not look at the struct.
inline void write_null(duckdb_vector to, idx_t row) {
    write_plain_null(to, row);
    const type of(duckdb_vector_get_column_type(to));
    if (duckdb_get_type_id(of.get()) != DUCKDB_TYPE_STRUCT) return;
    for (idx_t i = 0; i < duckdb_struct_type_child_count(of.get()); ++i)
        write_null(duckdb_struct_vector_get_child(to, i), row);
}
inline void write(duckdb_vector to, idx_t row, std::string_view text) {
    duckdb_vector_assign_string_element_len(to, row, text.data(), text.size());
}
inline void write(duckdb_vector to, idx_t row, const std::string& text) {
    write(to, row, std::string_view(text));
}
inline void write(duckdb_vector to, idx_t row, double value) {
    static_cast<double*>(duckdb_vector_get_data(to))[row] = value;
}
inline void write(duckdb_vector to, idx_t row, std::uint64_t value) {
    static_cast<std::uint64_t*>(duckdb_vector_get_data(to))[row] = value;
}
inline void write(duckdb_vector to, idx_t row, int value) {
    static_cast<std::int32_t*>(duckdb_vector_get_data(to))[row] = value;
}
inline void write(duckdb_vector to, idx_t row, bool value) {
    static_cast<bool*>(duckdb_vector_get_data(to))[row] = value;
}
inline void write(duckdb_vector to, idx_t row, std::chrono::year_month_day value) {
    write(to, row, static_cast<int>(std::chrono::sys_days(value).time_since_epoch().count()));
}
template <class T>
void write(duckdb_vector to, idx_t row, const std::optional<T>& value) {
    if (value)
        write(to, row, *value);
    else
        write_plain_null(to, row);
}
inline void write(duckdb_vector to, idx_t row, const compute_divide::estimate& e);
/// A struct, by its members in order.
template <class... Members>
void write_struct(duckdb_vector to, idx_t row, const Members&... members) {
    idx_t i = 0;
    (write(duckdb_struct_vector_get_child(to, i++), row, members), ...);
}
/// A list of as many as `size`: `each(child, row of the child, i)`.
template <class Each>
void write_list(duckdb_vector to, idx_t row, std::size_t size, const Each& each) {
    const idx_t begin = duckdb_list_vector_get_size(to);
    duckdb_list_vector_reserve(to, begin + size);
    duckdb_list_vector_set_size(to, begin + size);
    static_cast<duckdb_list_entry*>(duckdb_vector_get_data(to))[row] = {begin, size};
    for (std::size_t i = 0; i < size; ++i) each(duckdb_list_vector_get_child(to), begin + i, i);
}

/// An estimate: STRUCT(value, lower, upper, level, method, n, n_effective, n_missing, status).
[[nodiscard]] inline type estimate_type() {
    const type number(DUCKDB_TYPE_DOUBLE), count(DUCKDB_TYPE_UBIGINT), text(DUCKDB_TYPE_VARCHAR);
    return struct_of({{"value", number.get()},
                      {"lower", number.get()},
                      {"upper", number.get()},
                      {"level", number.get()},
                      {"method", text.get()},
                      {"n", count.get()},
                      {"n_effective", number.get()},
                      {"n_missing", count.get()},
                      {"status", text.get()}});
}
inline void write(duckdb_vector to, idx_t row, const compute_divide::estimate& e) {
    using compute_divide::name_of;
    const auto lower = e.bounds ? std::optional(e.bounds->lower) : std::nullopt;
    const auto upper = e.bounds ? std::optional(e.bounds->upper) : std::nullopt;
    write_struct(to, row, e.value, lower, upper, e.level, e.method, e.n, e.n_effective, e.n_missing, name_of(e.status));
}

/// Runs what may throw; `set_error` makes an error of SQL of it.
template <class Info, class Body, class SetError>
void guarded(Info info, SetError set_error, const Body& body) noexcept {
    try {
        body();
    } catch (const std::exception& error) {
        set_error(info, error.what());
    } catch (...) {
        set_error(info, "compute_divide: an exception of unknown type");
    }
}

/// Registers a scalar function under a name, as a set of one for each list of parameters.
struct signature {
    std::vector<duckdb_logical_type> parameters;
    duckdb_logical_type result;
    duckdb_scalar_function_t function;
};
[[nodiscard]] inline bool register_scalar(duckdb_connection connection, const char* name,
                                          std::initializer_list<signature> all) {
    duckdb_scalar_function_set set = duckdb_create_scalar_function_set(name);
    bool good = true;
    for (const signature& each : all) {
        duckdb_scalar_function function = duckdb_create_scalar_function();
        duckdb_scalar_function_set_name(function, name);
        for (const duckdb_logical_type parameter : each.parameters)
            duckdb_scalar_function_add_parameter(function, parameter);
        duckdb_scalar_function_set_return_type(function, each.result);
        duckdb_scalar_function_set_special_handling(function);  // NULLs are looked at here
        duckdb_scalar_function_set_function(function, each.function);
        good = good && duckdb_add_scalar_function_to_set(set, function) == DuckDBSuccess;
        duckdb_destroy_scalar_function(&function);
    }
    good = good && duckdb_register_scalar_function_set(connection, set) == DuckDBSuccess;
    duckdb_destroy_scalar_function_set(&set);
    return good;
}

[[nodiscard]] bool register_scalars(duckdb_connection connection);
[[nodiscard]] bool register_aggregates(duckdb_connection connection);
[[nodiscard]] bool register_tables(duckdb_connection connection);

}  // namespace duck

#endif
