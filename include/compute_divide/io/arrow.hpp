// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_ARROW_HPP
#define COMPUTE_DIVIDE_IO_ARROW_HPP

#include <array>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <ratio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/read_problem.hpp>

// The Arrow C data and stream interface (https://arrow.apache.org/docs/format/CDataInterface.html), guarded as the
// specification asks so that whoever else defines these structs defines the same.
// NOLINTBEGIN(readability-identifier-naming,readability-identifier-length,modernize-use-using)
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    std::int64_t flags;
    std::int64_t n_children;
    struct ArrowSchema** children;
    struct ArrowSchema* dictionary;
    void (*release)(struct ArrowSchema*);
    void* private_data;
};

struct ArrowArray {
    std::int64_t length;
    std::int64_t null_count;
    std::int64_t offset;
    std::int64_t n_buffers;
    std::int64_t n_children;
    const void** buffers;
    struct ArrowArray** children;
    struct ArrowArray* dictionary;
    void (*release)(struct ArrowArray*);
    void* private_data;
};

#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
    int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
    const char* (*get_last_error)(struct ArrowArrayStream*);
    void (*release)(struct ArrowArrayStream*);
    void* private_data;
};

#endif
// NOLINTEND(readability-identifier-naming,readability-identifier-length,modernize-use-using)

/// Columns of whoever speaks Arrow's C interface (DuckDB, pyarrow, polars, nanoarrow) as ranges and projections,
/// without a dependency and without a copy.
///
///     arrow_reader table(stream);  // an ArrowArrayStream, which the reader takes over and releases
///     const auto year = table.field<int>("year");
///     const auto kind = table.field<std::string_view>("team");
///     tabulate(table, year, kind);
///
/// A row is a place in a batch; a field finds its value there: std::optional, empty where the value, or a struct around
/// it, is null. Text is a view into the producer's memory, alive until the next batch.
namespace compute_divide::inline v0_2 {

class arrow_reader;
class arrow_batch;
template <class T>
class arrow_list;

namespace detail {

enum class arrow_kind : std::uint8_t {
    unread,  // a type of Arrow's that is not read
    null,
    boolean,
    int8,
    uint8,
    int16,
    uint16,
    int32,
    uint32,
    int64,
    uint64,
    float16,
    float32,
    float64,
    decimal,      // width: bytes of a number; scale
    text32,       // offsets of 32 bits
    text64,       // of 64
    text_view,    // of 16 bytes, the text in them or in a buffer
    fixed_bytes,  // width
    time32,       // ticks since 1970, of num / den seconds
    time64,
    list32,
    list64,
    fixed_list,  // width: values of each
    record       // a struct
};

/// A column as its schema tells it.
struct arrow_type {
    arrow_kind kind = arrow_kind::unread;
    std::string format = {}, name = {};
    std::int64_t width = 0;         // bytes, or values of a list
    int scale = 0;                  // of a decimal
    std::int64_t num = 1, den = 1;  // of a tick, in seconds
    std::vector<arrow_type> children = {};
    std::unique_ptr<arrow_type> dictionary = {};  // of the values, where the column is indices
};

[[noreturn]] inline void fail_in_arrow(std::string_view column, std::string_view reason, std::string value = {}) {
    throw read_error("arrow", {.field = std::string(column), .value = std::move(value), .reason = std::string(reason)});
}
/// Rows are counted from 1, through all batches.
[[noreturn]] inline void fail_at_row(std::string_view column, std::int64_t row, const std::string& required,
                                     const std::string& value) {
    fail_in_arrow(column, "row " + std::to_string(row) + ": " + required + ", got " + value, value);
}

[[nodiscard]] inline std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// What a format string says: "i", "tsu:UTC", "d:19,10", "+w:4".
inline void read_arrow_format(arrow_type& type) {
    using enum arrow_kind;
    const std::string_view format = type.format;
    struct plain {
        std::string_view format;
        arrow_kind kind;
        std::int64_t num = 1, den = 1;
    };
    static constexpr plain all[]{{"n", null},
                                 {"b", boolean},
                                 {"c", int8},
                                 {"C", uint8},
                                 {"s", int16},
                                 {"S", uint16},
                                 {"i", int32},
                                 {"I", uint32},
                                 {"l", int64},
                                 {"L", uint64},
                                 {"e", float16},
                                 {"f", float32},
                                 {"g", float64},
                                 {"u", text32},
                                 {"z", text32},
                                 {"U", text64},
                                 {"Z", text64},
                                 {"vu", text_view},
                                 {"vz", text_view},
                                 {"+l", list32},
                                 {"+L", list64},
                                 {"+s", record},
                                 {"tdD", time32, 86'400},
                                 {"tdm", time64, 1, 1'000}};
    for (const plain& each : all)
        if (each.format == format) {
            type.kind = each.kind;
            type.num = each.num;
            type.den = each.den;
            return;
        }
    if (format.size() >= 4 && format.starts_with("ts") && format[3] == ':') {
        const std::size_t unit = std::string_view("smun").find(format[2]);
        constexpr std::int64_t ticks[]{1, 1'000, 1'000'000, 1'000'000'000};
        if (unit == std::string_view::npos) return;
        type.kind = time64;
        type.den = ticks[unit];
    } else if (format.starts_with("w:") || format.starts_with("+w:")) {
        const auto width = whole_number(format.substr(format.find(':') + 1));
        if (!width || *width < 0)
            fail_in_arrow(type.name, "a format of a width >= 0 is required, got " + shown(format));
        type.kind = format.front() == 'w' ? fixed_bytes : fixed_list;
        type.width = *width;
    } else if (format.starts_with("d:")) {
        std::string_view rest = format.substr(2);
        std::array<std::int64_t, 3> parts{0, 0, 128};  // precision, scale, bits
        std::size_t count = 0;
        for (bool more = true; more; ++count) {
            const std::size_t comma = rest.find(',');
            const auto number = whole_number(rest.substr(0, comma));
            more = comma != rest.npos;
            if (!number || count == 3 || *number < -256 || *number > 256)
                fail_in_arrow(type.name, "a decimal's precision, scale and bits are required, got " + shown(format));
            parts[count] = *number;
            if (more) rest.remove_prefix(comma + 1);
        }
        if (count < 2 || (parts[2] != 32 && parts[2] != 64 && parts[2] != 128 && parts[2] != 256))
            fail_in_arrow(type.name, "a decimal's precision, scale and bits are required, got " + shown(format));
        type.kind = decimal;
        type.scale = static_cast<int>(parts[1]);
        type.width = parts[2] / 8;
    }
}

[[nodiscard]] inline bool is_index(arrow_kind kind) {
    return kind >= arrow_kind::int8 && kind <= arrow_kind::uint64;
}
[[nodiscard]] inline bool is_list(arrow_kind kind) {
    return kind == arrow_kind::list32 || kind == arrow_kind::list64 || kind == arrow_kind::fixed_list;
}

inline constexpr int deepest_arrow_type = 64;

/// A schema as it is said to be: counts of children that are no count are errors, pointers are believed.
[[nodiscard]] inline arrow_type read_arrow_schema(const ArrowSchema& schema, std::string_view parent, int depth = 0) {
    arrow_type type;
    type.name = std::string(parent);
    if (depth > 0 && schema.name != nullptr && *schema.name != '\0')
        type.name.append(parent.empty() ? "" : ".").append(schema.name);
    if (depth > deepest_arrow_type) fail_in_arrow(type.name, "columns within columns are required to end, got a 65th");
    if (schema.release == nullptr) fail_in_arrow(type.name, "a schema is required, got one that was released");
    if (schema.format == nullptr) fail_in_arrow(type.name, "a format is required, got none");
    type.format = schema.format;
    read_arrow_format(type);
    if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr))
        fail_in_arrow(type.name, "a number of children is required, got " + std::to_string(schema.n_children),
                      std::to_string(schema.n_children));
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
        if (schema.children[i] == nullptr)
            fail_in_arrow(type.name, "child " + std::to_string(i + 1) + " is required, got none");
        type.children.push_back(read_arrow_schema(*schema.children[i], type.name, depth + 1));
    }
    if (is_list(type.kind) && type.children.size() != 1)
        fail_in_arrow(type.name, "one child of a list is required, got " + std::to_string(type.children.size()));
    if (schema.dictionary != nullptr) {
        if (!is_index(type.kind))
            fail_in_arrow(type.name,
                          "whole numbers as indices of a dictionary are required, got " + shown(type.format));
        type.dictionary = std::make_unique<arrow_type>(read_arrow_schema(*schema.dictionary, type.name, depth + 1));
    }
    return type;
}

/// What of a producer is ours, to be released once.
template <class Struct>
class arrow_owned {
public:
    arrow_owned() = default;
    /// Takes it over, as the specification says: what is left is marked as released.
    explicit arrow_owned(Struct& given) : held_(given) { given.release = nullptr; }
    arrow_owned(arrow_owned&& other) noexcept : held_(std::exchange(other.held_, {})) {}
    arrow_owned& operator=(arrow_owned&& other) noexcept {
        if (this != &other) {
            reset();
            held_ = std::exchange(other.held_, {});
        }
        return *this;
    }
    ~arrow_owned() { reset(); }

    void reset() noexcept {
        if (held_.release != nullptr) held_.release(&held_);
        held_ = {};
    }
    [[nodiscard]] Struct& operator*() { return held_; }
    [[nodiscard]] const Struct& operator*() const { return held_; }
    [[nodiscard]] Struct* operator->() { return &held_; }
    [[nodiscard]] bool is_there() const { return held_.release != nullptr; }

private:
    Struct held_ = {};
};

template <class T>
inline constexpr bool is_arrow_list = false;
template <class T>
inline constexpr bool is_arrow_list<arrow_list<T>> = true;
template <class T>
inline constexpr bool is_arrow_time = false;
template <class Duration>
inline constexpr bool is_arrow_time<std::chrono::sys_time<Duration>> = true;

/// Integers, not characters.
template <class T>
concept arrow_whole =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
    !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

template <class T>
struct arrow_list_value {};
template <class T>
struct arrow_list_value<arrow_list<T>> {
    using type = T;
};

/// x 2^y of half precision's bits.
[[nodiscard]] inline double half_precision(std::uint16_t bits) {
    const int exponent = (bits >> 10U) & 0x1f, fraction = bits & 0x3ff;
    const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
    if (exponent == 0x1f)
        return fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                             : sign * std::numeric_limits<double>::infinity();
    return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

/// The kinds that a T is read from.
template <class T>
[[nodiscard]] constexpr bool is_read_as(arrow_kind kind) {
    using enum arrow_kind;
    if (kind == null) return true;
    if constexpr (std::same_as<T, bool>) return kind == boolean;
    if constexpr (arrow_whole<T>) return kind >= int8 && kind <= uint64;
    if constexpr (std::floating_point<T>) return kind >= int8 && kind <= decimal;
    if constexpr (std::same_as<T, std::string_view>) return kind >= text32 && kind <= fixed_bytes;
    if constexpr (is_arrow_time<T>) return kind == time32 || kind == time64;
    return false;
}
template <class T>
[[nodiscard]] bool is_read_as(const arrow_type& type) {
    const arrow_type& values = type.dictionary ? *type.dictionary : type;
    if constexpr (is_arrow_list<T>)
        return values.kind == arrow_kind::null ||
               (is_list(values.kind) && is_read_as<typename arrow_list_value<T>::type>(values.children.front()));
    else
        return !values.dictionary && is_read_as<T>(values.kind);
}
template <class T>
[[nodiscard]] constexpr std::string_view words_for() {
    if constexpr (std::same_as<T, bool>) return "yes or no";
    if constexpr (std::integral<T>) return "whole numbers";
    if constexpr (std::floating_point<T>) return "numbers";
    if constexpr (std::same_as<T, std::string_view>) return "texts";
    if constexpr (is_arrow_time<T>) return "dates or times";
    return "lists";
}

/// A column of a batch: what is read of an array, with what it says of itself checked, but for the sizes of buffers
/// that the interface does not tell.
class arrow_column {
public:
    arrow_column(const arrow_type& type, const ArrowArray& array)
        : type_(&type),
          length_(array.length),
          offset_(array.offset),
          n_buffers_(array.n_buffers),
          buffers_(array.buffers) {
        const auto number = [&](bool good, const char* required, std::int64_t got) {
            if (!good)
                fail_in_arrow(type.name, std::string(required) + ", got " + std::to_string(got), std::to_string(got));
        };
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 64;  // of bits, bytes and values
        number(array.release != nullptr, "an array that was not released", 0);
        number(length_ >= 0 && length_ <= most, "a length >= 0", length_);
        number(offset_ >= 0 && offset_ <= most - length_, "an offset >= 0 and not beyond memory", offset_);
        number(array.null_count >= -1 && array.null_count <= length_, "a number of nulls from -1 to the length",
               array.null_count);
        number(array.n_children >= 0 && static_cast<std::uint64_t>(array.n_children) == type.children.size(),
               "as many children as the schema has", array.n_children);
        number(array.n_children == 0 || array.children != nullptr, "children", 0);
        const std::int64_t buffers = expected_buffers();
        number(n_buffers_ >= 0 && (type.kind == arrow_kind::text_view ? n_buffers_ >= 3 : n_buffers_ == buffers) &&
                   (n_buffers_ == 0 || buffers_ != nullptr),
               "as many buffers as the type has", n_buffers_);
        if (has_validity()) {
            validity_ = static_cast<const unsigned char*>(buffers_[0]);
            number(validity_ != nullptr || array.null_count <= 0, "a bitmap where there are nulls", array.null_count);
        }
        if (type.kind != arrow_kind::unread && buffers > 1 && buffers_[1] == nullptr)
            number(length_ == 0 || type.kind == arrow_kind::fixed_bytes, "a buffer of values or offsets", 0);
        for (std::int64_t i = 0; i < array.n_children; ++i) {
            number(array.children[i] != nullptr, "children", i);
            children_.emplace_back(type.children[static_cast<std::size_t>(i)], *array.children[i]);
        }
        if (type.kind == arrow_kind::record)
            for (const arrow_column& child : children_)
                if (child.length_ < offset_ + length_)
                    fail_in_arrow(child.type_->name,
                                  std::to_string(offset_ + length_) +
                                      " values of the struct around it are required, got " +
                                      std::to_string(child.length_),
                                  std::to_string(child.length_));
        if (type.kind == arrow_kind::fixed_list && type.width > 0)
            number(children_.front().length_ / type.width >= offset_ + length_, "values for each fixed list",
                   children_.front().length_);
        number((array.dictionary != nullptr) == (type.dictionary != nullptr), "a dictionary where the schema has one",
               0);
        if (type.dictionary) dictionary_.emplace_back(*type.dictionary, *array.dictionary);
    }

    [[nodiscard]] std::int64_t size() const { return length_; }
    [[nodiscard]] const arrow_column& child(std::size_t i) const { return children_[i]; }
    /// Of the i-th struct.
    [[nodiscard]] std::int64_t place_in_child(std::int64_t i) const { return offset_ + i; }

    [[nodiscard]] bool is_null(std::int64_t i) const {
        if (type_->kind == arrow_kind::null) return true;
        const std::int64_t at = offset_ + i;
        return validity_ != nullptr && ((static_cast<unsigned>(validity_[at / 8]) >> (at % 8)) & 1U) == 0;
    }
    /// The i-th value, 0 <= i < size(); `row` is what an error names.
    template <class T>
    [[nodiscard]] std::optional<T> get(std::int64_t i, std::int64_t row) const {
        if (is_null(i)) return std::nullopt;
        if (!dictionary_.empty()) {
            const arrow_column& values = dictionary_.front();
            return values.template get<T>(code(i, row), row);
        }
        if constexpr (is_arrow_list<T>) {
            const auto [begin, end] = ends(i, row);
            return T(children_.front(), begin, end, row);
        } else if constexpr (std::same_as<T, std::string_view>) {
            return text(i, row);
        } else if constexpr (is_arrow_time<T>) {
            return time<T>(i, row);
        } else if constexpr (std::same_as<T, bool>) {
            return bit(i);
        } else if constexpr (std::integral<T>) {
            return whole<T>(i, row);
        } else {
            return static_cast<T>(number(i));
        }
    }
    /// The number of the i-th value in the dictionary.
    [[nodiscard]] std::int64_t code(std::int64_t i, std::int64_t row) const {
        const std::int64_t length = dictionary_.front().length_;
        const auto found = whole<std::int64_t>(i, row);
        if (found < 0 || found >= length)
            fail_at_row(type_->name, row, "an index of a dictionary of " + std::to_string(length) + " is required",
                        std::to_string(found));
        return found;
    }

private:
    [[nodiscard]] std::int64_t expected_buffers() const {
        using enum arrow_kind;
        switch (type_->kind) {
            case null:
                return 0;
            case record:
            case fixed_list:
                return 1;
            case text32:
            case text64:
                return 3;
            case unread:
                return n_buffers_;
            default:
                return 2;
        }
    }
    [[nodiscard]] bool has_validity() const {
        return type_->kind != arrow_kind::null && type_->kind != arrow_kind::unread;
    }

    /// The i-th of a buffer of T, which may lie anywhere.
    template <class T>
    [[nodiscard]] T load(std::int64_t i, std::int64_t buffer = 1) const {
        T value;
        std::memcpy(&value, static_cast<const char*>(buffers_[buffer]) + i * static_cast<std::int64_t>(sizeof(T)),
                    sizeof(T));
        return value;
    }
    [[nodiscard]] bool bit(std::int64_t i) const {
        const std::int64_t at = offset_ + i;
        return ((static_cast<unsigned>(static_cast<const unsigned char*>(buffers_[1])[at / 8]) >> (at % 8)) & 1U) != 0;
    }

    template <class T>
    [[nodiscard]] T whole(std::int64_t i, std::int64_t row) const {
        const std::int64_t at = offset_ + i;
        using enum arrow_kind;
        switch (type_->kind) {
            case int8:
                return fitting<T>(load<std::int8_t>(at), row);
            case uint8:
                return fitting<T>(load<std::uint8_t>(at), row);
            case int16:
                return fitting<T>(load<std::int16_t>(at), row);
            case uint16:
                return fitting<T>(load<std::uint16_t>(at), row);
            case int32:
                return fitting<T>(load<std::int32_t>(at), row);
            case uint32:
                return fitting<T>(load<std::uint32_t>(at), row);
            case int64:
                return fitting<T>(load<std::int64_t>(at), row);
            default:
                return fitting<T>(load<std::uint64_t>(at), row);
        }
    }
    template <class T, class From>
    [[nodiscard]] T fitting(From value, std::int64_t row) const {
        if (!std::in_range<T>(value))
            fail_at_row(type_->name, row,
                        "a number from " + std::to_string(std::numeric_limits<T>::min()) + " to " +
                            std::to_string(std::numeric_limits<T>::max()) + " is required",
                        std::to_string(value));
        return static_cast<T>(value);
    }

    [[nodiscard]] double number(std::int64_t i) const {
        const std::int64_t at = offset_ + i;
        using enum arrow_kind;
        switch (type_->kind) {
            case int8:
                return load<std::int8_t>(at);
            case uint8:
                return load<std::uint8_t>(at);
            case int16:
                return load<std::int16_t>(at);
            case uint16:
                return load<std::uint16_t>(at);
            case int32:
                return load<std::int32_t>(at);
            case uint32:
                return load<std::uint32_t>(at);
            case int64:
                return static_cast<double>(load<std::int64_t>(at));
            case uint64:
                return static_cast<double>(load<std::uint64_t>(at));
            case float16:
                return half_precision(load<std::uint16_t>(at));
            case float32:
                return static_cast<double>(load<float>(at));
            case float64:
                return load<double>(at);
            default:
                return decimal_number(at);
        }
    }
    /// Correctly rounded up to 15 digits and a scale of 22; else within two units of the last place.
    [[nodiscard]] double decimal_number(std::int64_t at) const {
        std::array<std::uint32_t, 8> words{};  // the least first
        const std::size_t count = static_cast<std::size_t>(type_->width) / 4;
        std::memcpy(words.data(), static_cast<const char*>(buffers_[1]) + at * type_->width, 4 * count);
        if constexpr (std::endian::native == std::endian::big) {
            for (std::size_t i = 0; i < count / 2; ++i) std::swap(words[i], words[count - 1 - i]);
        }
        const bool negative = (words[count - 1] >> 31U) != 0;
        if (negative) {
            std::uint64_t carry = 1;
            for (std::size_t i = 0; i < count; ++i) {
                carry += static_cast<std::uint32_t>(~words[i]);
                words[i] = static_cast<std::uint32_t>(carry);
                carry >>= 32U;
            }
        }
        double value = 0;
        for (std::size_t i = count; i-- > 0;) value = value * 0x1p32 + words[i];
        if (type_->scale > 0)
            value /= std::pow(10.0, type_->scale);
        else if (type_->scale < 0)
            value *= std::pow(10.0, -type_->scale);
        return negative ? -value : value;
    }

    /// Nothing beyond std::chrono's calendar, as days_since_1970 has it; an error for what T's units cannot count.
    template <class T>
    [[nodiscard]] std::optional<T> time(std::int64_t i, std::int64_t row) const {
        using duration = typename T::duration;
        const std::int64_t ticks = type_->kind == arrow_kind::time32 ? std::int64_t{load<std::int32_t>(offset_ + i)}
                                                                     : load<std::int64_t>(offset_ + i);
        constexpr double furthest = 86'400.0 * 366 * 32'768;  // seconds
        const double seconds =
            static_cast<double>(ticks) * static_cast<double>(type_->num) / static_cast<double>(type_->den);
        if (!(std::fabs(seconds) < furthest)) return std::nullopt;
        if constexpr (std::floating_point<typename duration::rep>) {
            return T(std::chrono::duration_cast<duration>(std::chrono::duration<double>(seconds)));
        } else {
            if (const double count = seconds * duration::period::den / duration::period::num;
                !(std::fabs(count) < 0.99 * static_cast<double>(std::numeric_limits<typename duration::rep>::max())))
                fail_at_row(type_->name, row, "a time that can be counted in the field's units is required",
                            std::to_string(ticks));
            using whole_seconds = std::chrono::duration<std::int64_t>;
            const std::int64_t scaled = ticks * type_->num;  // days to seconds; else num is 1
            std::int64_t second = scaled / type_->den, rest = scaled % type_->den;
            if (rest < 0) {
                --second;
                rest += type_->den;
            }
            const std::chrono::nanoseconds fraction(rest * (1'000'000'000 / type_->den));
            const auto at_second = std::chrono::floor<duration>(whole_seconds(second));
            const auto within = whole_seconds(second) - std::chrono::duration_cast<whole_seconds>(at_second);
            if constexpr (std::ratio_less_equal_v<typename duration::period, std::ratio<1>>)
                return T(at_second + std::chrono::floor<duration>(within + fraction));
            else
                return T(at_second);
        }
    }

    [[nodiscard]] std::string_view text(std::int64_t i, std::int64_t row) const {
        const std::int64_t at = offset_ + i;
        switch (type_->kind) {
            case arrow_kind::text32:
                return part_of(load<std::int32_t>(at), load<std::int32_t>(at + 1), row);
            case arrow_kind::text64:
                return part_of(load<std::int64_t>(at), load<std::int64_t>(at + 1), row);
            case arrow_kind::fixed_bytes:
                if (type_->width == 0) return {};
                if (buffers_[1] == nullptr || at > std::numeric_limits<std::ptrdiff_t>::max() / type_->width - 1)
                    fail_at_row(type_->name, row, "a buffer of its bytes is required", "none");
                return {static_cast<const char*>(buffers_[1]) + at * type_->width,
                        static_cast<std::size_t>(type_->width)};
            default:
                return viewed(at, row);
        }
    }
    [[nodiscard]] std::string_view part_of(std::int64_t begin, std::int64_t end, std::int64_t row) const {
        check_ends(begin, end, std::numeric_limits<std::ptrdiff_t>::max(), row);
        if (begin == end) return {};
        if (buffers_[2] == nullptr) fail_at_row(type_->name, row, "a buffer of texts is required", "none");
        return {static_cast<const char*>(buffers_[2]) + begin, static_cast<std::size_t>(end - begin)};
    }
    [[nodiscard]] std::string_view viewed(std::int64_t at, std::int64_t row) const {
        const char* const view = static_cast<const char*>(buffers_[1]) + 16 * at;
        std::array<std::int32_t, 4> word{};  // length; then the text, or its beginning, buffer and offset
        std::memcpy(word.data(), view, sizeof word);
        if (word[0] < 0) fail_at_row(type_->name, row, "a length >= 0 is required", std::to_string(word[0]));
        const auto length = static_cast<std::size_t>(word[0]);
        if (length <= 12) return {view + 4, length};
        const std::int64_t count = n_buffers_ - 3;
        if (word[2] < 0 || word[2] >= count)
            fail_at_row(type_->name, row, "one of " + std::to_string(count) + " buffers is required",
                        std::to_string(word[2]));
        if (buffers_[n_buffers_ - 1] == nullptr || buffers_[2 + word[2]] == nullptr)
            fail_at_row(type_->name, row, "a buffer of texts and its size are required", "none");
        check_ends(word[3], std::int64_t{word[3]} + word[0], load<std::int64_t>(word[2], n_buffers_ - 1), row);
        return {static_cast<const char*>(buffers_[2 + word[2]]) + word[3], length};
    }
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> ends(std::int64_t i, std::int64_t row) const {
        const std::int64_t at = offset_ + i, most = children_.front().length_;
        std::int64_t begin = 0, end = 0;
        if (type_->kind == arrow_kind::fixed_list) {
            begin = at * type_->width;
            end = begin + type_->width;
        } else if (type_->kind == arrow_kind::list32) {
            begin = load<std::int32_t>(at);
            end = load<std::int32_t>(at + 1);
        } else {
            begin = load<std::int64_t>(at);
            end = load<std::int64_t>(at + 1);
        }
        check_ends(begin, end, most, row);
        return {begin, end};
    }
    void check_ends(std::int64_t begin, std::int64_t end, std::int64_t most, std::int64_t row) const {
        if (begin >= 0 && begin <= end && end <= most) return;
        const std::string upper =
            most == std::numeric_limits<std::ptrdiff_t>::max() ? "" : " and <= " + std::to_string(most);
        fail_at_row(type_->name, row, "offsets that are >= 0, do not decrease" + upper + " are required",
                    std::to_string(begin) + " to " + std::to_string(end));
    }

    const arrow_type* type_;
    std::int64_t length_, offset_, n_buffers_;
    const void** buffers_;
    const unsigned char* validity_ = nullptr;
    std::vector<arrow_column> children_;
    std::vector<arrow_column> dictionary_;  // one, or none
};

}  // namespace detail

/// The values of a list: a range of std::optional<T>.
template <class T>
class arrow_list {
public:
    class iterator {
    public:
        using value_type = std::optional<T>;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::forward_iterator_tag;

        iterator() = default;
        [[nodiscard]] value_type operator*() const { return values_->template get<T>(at_, row_); }
        iterator& operator++() {
            ++at_;
            return *this;
        }
        iterator operator++(int) {
            const iterator before = *this;
            ++at_;
            return before;
        }
        friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        friend class arrow_list;
        iterator(const detail::arrow_column* values, std::int64_t at, std::int64_t row)
            : values_(values), at_(at), row_(row) {}
        const detail::arrow_column* values_ = nullptr;
        std::int64_t at_ = 0, row_ = 0;
    };

    arrow_list() = default;
    [[nodiscard]] iterator begin() const { return {values_, begin_, row_}; }
    [[nodiscard]] iterator end() const { return {values_, end_, row_}; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
    [[nodiscard]] bool empty() const { return begin_ == end_; }

private:
    friend class detail::arrow_column;
    arrow_list(const detail::arrow_column& values, std::int64_t begin, std::int64_t end, std::int64_t row)
        : values_(&values), begin_(begin), end_(end), row_(row) {}
    const detail::arrow_column* values_ = nullptr;
    std::int64_t begin_ = 0, end_ = 0, row_ = 0;
};

/// What a field may be read as: bool; whole and floating-point numbers, the latter from decimals and whole numbers too;
/// std::string_view from texts and bytes; std::chrono::sys_days and other sys_time from dates and timestamps (rounded
/// down); arrow_list of these. Each also from a dictionary.
template <class T>
concept arrow_readable = std::same_as<T, bool> || detail::arrow_whole<T> || std::floating_point<T> ||
    std::same_as<T, std::string_view> || detail::is_arrow_time<T> || detail::is_arrow_list<T>;

/// A row: a place in a batch, which must outlive it.
class arrow_row {
public:
    arrow_row() = default;
    /// Counted from 1, through all batches.
    [[nodiscard]] std::int64_t number() const;

private:
    friend class arrow_batch;
    friend class arrow_reader;
    template <arrow_readable T>
    friend class arrow_field;
    arrow_row(const arrow_batch& batch, std::int64_t index) : batch_(&batch), index_(index) {}
    const arrow_batch* batch_ = nullptr;
    std::int64_t index_ = 0;
};

/// A column as a projection of rows: what `year(row)` finds is std::optional<T>. Made by arrow_reader::field.
template <arrow_readable T>
class arrow_field {
public:
    /// Throws read_error that names column and row for what lies: offsets that are negative or decrease, an index that
    /// the dictionary does not have, a whole number that T cannot hold, a time that its units cannot count. O(1).
    [[nodiscard]] std::optional<T> operator()(const arrow_row& row) const;

private:
    friend class arrow_reader;
    static constexpr std::size_t deepest = 8;
    std::array<std::uint32_t, deepest> path_{};
    std::size_t depth_ = 0;
};

/// Rows that came together: a random-access range of arrow_row. Its memory is the producer's, released once, at the
/// end.
class arrow_batch {
public:
    class iterator;

    arrow_batch(arrow_batch&&) noexcept = default;
    arrow_batch& operator=(arrow_batch&&) noexcept = default;
    ~arrow_batch() = default;

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(root_.size()); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] arrow_row operator[](std::size_t i) const { return {*this, static_cast<std::int64_t>(i)}; }
    [[nodiscard]] iterator begin() const;
    [[nodiscard]] iterator end() const;

private:
    friend class arrow_reader;
    friend class arrow_row;
    template <arrow_readable T>
    friend class arrow_field;
    arrow_batch(std::shared_ptr<const detail::arrow_type> type, detail::arrow_owned<ArrowArray> array,
                std::int64_t first_row)
        : type_(std::move(type)), array_(std::move(array)), root_(*type_, *array_), first_row_(first_row) {}

    std::shared_ptr<const detail::arrow_type> type_;
    detail::arrow_owned<ArrowArray> array_;
    detail::arrow_column root_;
    std::int64_t first_row_;  // of the row with index 0, counted from 1
};

class arrow_batch::iterator {
public:
    using value_type = arrow_row;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::random_access_iterator_tag;

    iterator() = default;
    [[nodiscard]] arrow_row operator*() const { return (*batch_)[static_cast<std::size_t>(at_)]; }
    [[nodiscard]] arrow_row operator[](difference_type n) const { return *(*this + n); }
    iterator& operator++() { return *this += 1; }
    iterator& operator--() { return *this += -1; }
    iterator operator++(int) { return std::exchange(*this, *this + 1); }
    iterator operator--(int) { return std::exchange(*this, *this - 1); }
    iterator& operator+=(difference_type n) {
        at_ += n;
        return *this;
    }
    iterator& operator-=(difference_type n) { return *this += -n; }
    [[nodiscard]] friend iterator operator+(iterator i, difference_type n) { return i += n; }
    [[nodiscard]] friend iterator operator+(difference_type n, iterator i) { return i += n; }
    [[nodiscard]] friend iterator operator-(iterator i, difference_type n) { return i -= n; }
    [[nodiscard]] friend difference_type operator-(const iterator& a, const iterator& b) { return a.at_ - b.at_; }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const iterator& a, const iterator& b) { return a.at_ <=> b.at_; }

private:
    friend class arrow_batch;
    iterator(const arrow_batch& batch, difference_type at) : batch_(&batch), at_(at) {}
    const arrow_batch* batch_ = nullptr;
    difference_type at_ = 0;
};
inline arrow_batch::iterator arrow_batch::begin() const {
    return {*this, 0};
}
inline arrow_batch::iterator arrow_batch::end() const {
    return {*this, static_cast<std::ptrdiff_t>(size())};
}

inline std::int64_t arrow_row::number() const {
    return batch_->first_row_ + index_;
}

template <arrow_readable T>
std::optional<T> arrow_field<T>::operator()(const arrow_row& row) const {
    const detail::arrow_column* column = &row.batch_->root_;
    std::int64_t at = row.index_;
    for (std::size_t i = 0; i < depth_; ++i) {
        if (column->is_null(at)) return std::nullopt;
        at = column->place_in_child(at);
        column = &column->child(path_[i]);
    }
    return column->template get<T>(at, row.number());
}

/// A table of Arrow's: a single-pass range of arrow_row, and the batches that it comes in.
///
///     for (auto batch = table.next(); batch; batch = table.next()) use(*batch);  // to be shared out among threads
///
/// Read are booleans, numbers of all sizes, decimals, texts and bytes (also large ones and views), dates, timestamps,
/// lists (large ones, fixed ones), structs and dictionaries of these; columns of other types may be there. Pointers,
/// and the sizes of buffers but those of views, the interface does not tell: they are believed. Everything else is
/// checked: what an array says of itself when its batch comes, O(columns), offsets and indices where they are read.
/// What a null slot holds is never looked at.
class arrow_reader {
public:
    class iterator;

    /// Takes the stream over: its `release` is null from here on, and is called once. Throws read_error where the
    /// producer has no schema, or one that lies; std::invalid_argument for a stream that was released.
    explicit arrow_reader(ArrowArrayStream& stream) : stream_(stream) {
        if (!stream_.is_there())
            throw std::invalid_argument("compute_divide::arrow_reader: a stream is required, got none");
        ArrowSchema given{};
        if (const int error = stream_->get_schema(&*stream_, &given); error != 0) fail_of_stream("schema", error);
        const detail::arrow_owned<ArrowSchema> schema(given);
        read_schema(*schema);
    }
    /// One array and its schema, both taken over. Throws std::invalid_argument for an array that was released.
    arrow_reader(ArrowSchema& schema, ArrowArray& array) {
        const detail::arrow_owned<ArrowSchema> given(schema);
        alone_ = detail::arrow_owned<ArrowArray>(array);
        if (!alone_.is_there())
            throw std::invalid_argument(
                "compute_divide::arrow_reader: an array is required, got one that was released");
        read_schema(*given);
    }

    /// Names of the columns, in order; of a struct its own, not those within it.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const detail::arrow_type& each : type_->children) names.push_back(each.name);
        return names;
    }

    /// A column as a projection; "outer.inner" is within a struct, of which there may be seven. Throws
    /// std::invalid_argument where there is no such column, there are two, it is deeper, or it holds something else.
    template <arrow_readable T>
    [[nodiscard]] arrow_field<T> field(std::string_view name) const {
        arrow_field<T> found;
        const detail::arrow_type* type = type_.get();
        std::size_t known = 0;  // bytes of the name
        while (known < name.size() || found.depth_ == 0) {
            if (found.depth_ == arrow_field<T>::deepest)
                throw std::invalid_argument(
                    "compute_divide::arrow_reader: a column within at most 7 structs is required, got " +
                    detail::shown(name));
            const detail::arrow_type* next = nullptr;
            std::size_t reached = 0;
            for (std::size_t i = 0; i < type->children.size(); ++i) {
                const std::string& each = type->children[i].name;
                const bool whole = each == name;
                const bool part = type->children[i].kind == detail::arrow_kind::record && name.size() > each.size() &&
                                  name.starts_with(each) && name[each.size()] == '.';
                if (!whole && !part) continue;
                if (next != nullptr && each.size() == reached)
                    throw std::invalid_argument("compute_divide::arrow_reader: one column " + detail::shown(name) +
                                                " is required, got two");
                if (next != nullptr && each.size() < reached) continue;
                next = &type->children[i];
                reached = each.size();
                found.path_[found.depth_] = static_cast<std::uint32_t>(i);
            }
            if (next == nullptr) fail_without(name);
            ++found.depth_;
            type = next;
            known = type->name.size();
        }
        if (!detail::is_read_as<T>(*type))
            throw std::invalid_argument("compute_divide::arrow_reader: " + std::string(detail::words_for<T>()) +
                                        " are required of column " + detail::shown(name) + ", got Arrow's format " +
                                        detail::shown(type->dictionary ? type->dictionary->format : type->format));
        return found;
    }

    /// The next batch; nothing at the end. Throws read_error for an error of the producer, and for a batch that lies;
    /// then the table is at its end.
    [[nodiscard]] std::optional<arrow_batch> next() {
        ArrowArray given{};
        if (alone_.is_there()) return taken(std::exchange(alone_, {}));
        if (!stream_.is_there()) return std::nullopt;
        if (const int error = stream_->get_next(&*stream_, &given); error != 0) fail_of_stream("next batch", error);
        detail::arrow_owned<ArrowArray> array(given);
        if (array.is_there()) return taken(std::move(array));
        stream_.reset();
        return std::nullopt;
    }

    /// Its rows, once. A row lives until the next batch.
    [[nodiscard]] iterator begin();
    [[nodiscard]] static std::default_sentinel_t end() { return {}; }

private:
    void read_schema(const ArrowSchema& schema) {
        type_ = std::make_shared<const detail::arrow_type>(detail::read_arrow_schema(schema, ""));
        if (type_->kind != detail::arrow_kind::record)
            detail::fail_in_arrow(type_->name,
                                  "a struct of columns is required, got format " + detail::shown(type_->format));
    }
    [[nodiscard]] std::optional<arrow_batch> taken(detail::arrow_owned<ArrowArray> array) {
        try {
            std::optional<arrow_batch> batch(arrow_batch(type_, std::move(array), next_row_));
            next_row_ += static_cast<std::int64_t>(batch->size());
            return batch;
        } catch (...) {
            stream_.reset();
            throw;
        }
    }
    [[noreturn]] void fail_of_stream(std::string_view what, int error) {
        const char* const told = stream_->get_last_error != nullptr ? stream_->get_last_error(&*stream_) : nullptr;
        std::string reason = "the producer gives no " + std::string(what) + ": ";
        reason += told != nullptr ? told : std::strerror(error);
        stream_.reset();
        detail::fail_in_arrow({}, reason);
    }
    [[noreturn]] void fail_without(std::string_view name) const {
        std::string all;
        for (const std::string& each : names()) all.append(all.empty() ? "" : ", ").append(detail::shown(each));
        throw std::invalid_argument("compute_divide::arrow_reader: one of the columns " + all + " is required, got " +
                                    detail::shown(name));
    }

    detail::arrow_owned<ArrowArrayStream> stream_;
    detail::arrow_owned<ArrowArray> alone_;
    std::shared_ptr<const detail::arrow_type> type_;
    std::int64_t next_row_ = 1;
    std::optional<arrow_batch> current_;
};

class arrow_reader::iterator {
public:
    using value_type = arrow_row;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    iterator() = default;
    [[nodiscard]] arrow_row operator*() const { return (*reader_->current_)[at_]; }
    iterator& operator++() {
        ++at_;
        find_row();
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& i, std::default_sentinel_t) { return i.reader_ == nullptr; }

private:
    friend class arrow_reader;
    explicit iterator(arrow_reader& reader) : reader_(&reader) { find_row(); }
    void find_row() {
        while (!reader_->current_ || at_ == reader_->current_->size()) {
            reader_->current_.reset();  // its memory first
            reader_->current_ = reader_->next();
            at_ = 0;
            if (!reader_->current_) {
                reader_ = nullptr;
                return;
            }
        }
    }
    arrow_reader* reader_ = nullptr;
    std::size_t at_ = 0;
};
inline arrow_reader::iterator arrow_reader::begin() {
    current_.reset();
    return iterator(*this);
}

}  // namespace compute_divide::inline v0_2

#endif
