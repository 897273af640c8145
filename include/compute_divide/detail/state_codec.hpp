// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_STATE_CODEC_HPP
#define COMPUTE_DIVIDE_DETAIL_STATE_CODEC_HPP

#include <array>
#include <bit>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/each_part.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>

/// The content of a state as bytes and back, and the text that says of what type it is. See state.hpp.
namespace compute_divide::inline v0_2 {

/// A state that cannot be loaded: `compute_divide::load: <what is required>, got <what was found>`.
class state_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads what a class says of its state, private or not; a friend of the library's accumulators.
struct state_access {
    template <class T>
    static constexpr bool has_state() {
        return requires(T & x) {
            T::state(x);
        };
    }
    template <class T>
    static constexpr auto state(T& x) {
        return std::remove_const_t<T>::state(x);
    }
    /// Whether it says its state by another value, which is made to be saved and taken in again.
    template <class T>
    static constexpr bool has_packed() {
        return requires(T & x) {
            x.unpack(std::as_const(x).packed());
        };
    }
    template <class T>
    static auto packed(const T& x) {
        return x.packed();
    }
    template <class T, class Packed>
    static bool unpack(T& x, Packed packed) {
        return x.unpack(std::move(packed));
    }
    template <class T>
    static constexpr std::string_view name() {
        if constexpr (requires { T::state_name; })
            return T::state_name;
        else
            return {};
    }
    template <class T>
    static constexpr auto shape(const T& x) {
        if constexpr (requires { x.shape(); })
            return x.shape();
        else
            return std::tuple<>();
    }
    /// Whether it can be brought into an order that does not depend on how its content came together.
    template <class T>
    static constexpr bool has_order() {
        return requires(const T& x) {
            x.in_order();
        };
    }
    template <class T>
    static T in_order(const T& x) {
        return x.in_order();
    }
    template <class T>
    static bool restore(T& x) {
        if constexpr (requires { x.restore(); })
            return x.restore();
        else
            return true;
    }
};

namespace detail {

[[noreturn]] inline void refuse(std::string_view required, std::string_view got) {
    throw state_error(std::string("compute_divide::load: ").append(required).append(", got ").append(got));
}

/// A class whose state is that of what it packs into.
template <class T>
concept packed_state = state_access::has_packed<T>();
template <packed_state T>
using packed_t = decltype(state_access::packed(std::declval<const T&>()));
template <class T>
concept with_state = state_access::has_state<T>() || packed_state<T>;
template <class T>
concept fixed_size_number = (std::integral<T> && !std::same_as<T, wchar_t>) || std::is_enum_v<T> ||
                            std::same_as<T, float> || std::same_as<T, double>;
template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t N>
inline constexpr bool is_std_array<std::array<T, N>> = true;
template <class T>
concept fixed_size_array = std::is_array_v<T> || is_std_array<T>;

/// A container that values are put into at the end: vectors, lists, sets, maps.
template <class T>
concept growing_container = requires(T& x, typename T::value_type value) {
    x.clear();
    x.insert(x.end(), std::move(value));
    { x.size() } -> std::convertible_to<std::size_t>;
};
template <class T>
struct loaded_value {
    using type = typename T::value_type;
};
template <class T>
requires requires {
    typename T::mapped_type;
}
struct loaded_value<T> {
    using type = std::pair<typename T::key_type, typename T::mapped_type>;
};
template <class T>
using loaded_value_t = typename loaded_value<T>::type;

/// Dates and durations as the numbers they are made of.
template <class Rep, class Period>
[[nodiscard]] constexpr Rep plain(std::chrono::duration<Rep, Period> x) {
    return x.count();
}
template <class Clock, class Duration>
[[nodiscard]] constexpr auto plain(std::chrono::time_point<Clock, Duration> x) {
    return x.time_since_epoch().count();
}
[[nodiscard]] constexpr std::int16_t plain(std::chrono::year x) {
    return static_cast<std::int16_t>(static_cast<int>(x));
}
[[nodiscard]] constexpr std::uint8_t plain(std::chrono::month x) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(x));
}
[[nodiscard]] constexpr std::uint8_t plain(std::chrono::day x) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(x));
}
[[nodiscard]] constexpr auto plain(std::chrono::year_month_day x) {
    return std::tuple(plain(x.year()), plain(x.month()), plain(x.day()));
}
template <class T>
concept time_value = requires(T x) {
    plain(x);
};
template <time_value T, class Plain>
[[nodiscard]] constexpr T from_plain(const Plain& x) {
    if constexpr (std::same_as<T, std::chrono::year_month_day>)
        return {from_plain<std::chrono::year>(std::get<0>(x)), from_plain<std::chrono::month>(std::get<1>(x)),
                from_plain<std::chrono::day>(std::get<2>(x))};
    else if constexpr (requires { typename T::clock; })
        return T(typename T::duration(x));
    else
        return T(x);
}

/// Whether all that a T is made of can be saved.
template <class T>
[[nodiscard]] consteval bool can_be_saved() {
    if constexpr (std::is_const_v<T>) {
        return false;
    } else if constexpr (packed_state<T>) {
        return can_be_saved<packed_t<T>>();
    } else if constexpr (with_state<T>) {
        using parts = decltype(state_access::state(std::declval<T&>()));
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return (can_be_saved<std::remove_reference_t<std::tuple_element_t<I, parts>>>() && ...);
        }
        (std::make_index_sequence<std::tuple_size_v<parts>>());
    } else if constexpr (fixed_size_number<T> || std::same_as<T, std::string>) {
        return true;
    } else if constexpr (time_value<T>) {
        return can_be_saved<decltype(plain(std::declval<T>()))>();
    } else if constexpr (is_optional<T>) {
        return can_be_saved<typename T::value_type>() && std::default_initializable<typename T::value_type>;
    } else if constexpr (is_tuple<T>) {
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return (can_be_saved<std::tuple_element_t<I, T>>() && ...);
        }
        (std::make_index_sequence<std::tuple_size_v<T>>());
    } else if constexpr (fixed_size_array<T>) {
        return can_be_saved<std::remove_reference_t<decltype(std::declval<T&>()[0])>>();
    } else if constexpr (growing_container<T>) {
        return can_be_saved<loaded_value_t<T>>() && std::default_initializable<loaded_value_t<T>>;
    } else {
        return false;
    }
}

/// A value of a shape, as it is written among the types.
template <class T>
void append_value(std::string& text, const T& x) {
    if constexpr (std::is_enum_v<T>) {
        append_value(text, static_cast<std::underlying_type_t<T>>(x));
    } else if constexpr (std::is_arithmetic_v<T> || text_like<T>) {
        text += shown(x);
    } else {
        text += '[';
        std::string_view gap;
        for (const auto& element : x) append_value(text += std::exchange(gap, " "), element);
        text += ']';
    }
}

/// The type of a value, and with `Shapes` the shape of the accumulators in it: "moments{u64 u64 {f64 f64} {f64 f64}
/// f64}". Without, it does not depend on the value.
template <bool Shapes = true, class T>
void append_type(std::string& text, const T& x) {
    const auto append_all = [&text](const auto& parts, char open, char close) {
        text += open;
        std::string_view gap;
        each_part(parts, [&](const auto& part) {
            text += std::exchange(gap, " ");
            append_type<Shapes>(text, part);
        });
        text += close;
    };
    if constexpr (with_state<T>) {
        text += state_access::name<T>();
        if constexpr (Shapes && std::tuple_size_v<decltype(state_access::shape(x))> != 0) {
            text += '(';
            std::string_view gap;
            each_part(state_access::shape(x), [&](const auto& value) {
                text += std::exchange(gap, ", ");
                append_value(text, value);
            });
            text += ')';
        }
        if constexpr (packed_state<T>)
            append_type<Shapes>(text, state_access::packed(x));
        else
            append_all(state_access::state(x), '{', '}');
    } else if constexpr (named_enum<T>) {
        text += "enum<";
        std::string_view gap;
        for (const auto& each : enumerators(x)) {
            text.append(std::exchange(gap, " ")).append(each.name).append("=");
            append_value(text, each.value);
        }
        text += '>';
    } else if constexpr (std::is_enum_v<T>) {
        append_type<Shapes>(text += "enum ", std::underlying_type_t<T>{});
    } else if constexpr (std::same_as<T, bool>) {
        text += "bool";
    } else if constexpr (std::same_as<T, char>) {
        text += "char";
    } else if constexpr (fixed_size_number<T>) {
        text += std::floating_point<T> ? 'f' : std::is_signed_v<T> ? 'i' : 'u';
        text += std::to_string(8 * sizeof(T));
    } else if constexpr (std::same_as<T, std::string>) {
        text += "text";
    } else if constexpr (time_value<T>) {
        if constexpr (requires { typename T::period; })
            text.append("time ")
                .append(std::to_string(T::period::num))
                .append("/")
                .append(std::to_string(T::period::den))
                .append(" ");
        else
            text += "date ";
        append_type<Shapes>(text, plain(x));
    } else if constexpr (is_optional<T>) {
        append_type<Shapes>(text += "optional ", typename T::value_type{});
    } else if constexpr (is_tuple<T>) {
        append_all(x, '(', ')');
    } else if constexpr (fixed_size_array<T>) {
        text += std::to_string(std::size(x)) += ' ';
        append_type<Shapes>(text, x[0]);
    } else {
        append_type<Shapes>(text += '[', loaded_value_t<T>{});
        text += ']';
    }
}
template <class T>
[[nodiscard]] std::string type_of(const T& x) {
    std::string text;
    append_type(text, x);
    return text;
}

template <fixed_size_number T>
[[nodiscard]] constexpr auto bits_of(T x) {
    if constexpr (std::is_enum_v<T>)
        return bits_of(static_cast<std::underlying_type_t<T>>(x));
    else if constexpr (std::same_as<T, double>)
        return std::bit_cast<std::uint64_t>(x);
    else if constexpr (std::same_as<T, float>)
        return std::bit_cast<std::uint32_t>(x);
    else if constexpr (std::same_as<T, bool>)
        return static_cast<std::uint8_t>(x);
    else
        return static_cast<std::make_unsigned_t<T>>(x);
}

/// Vectors whose memory is their state.
template <class T>
concept copied_as_bytes = std::endian::native == std::endian::little&& requires(T& x) {
    { x.data() } -> std::same_as<typename T::value_type*>;
    x.resize(x.size());
}
&&(std::same_as<typename T::value_type, double> || std::same_as<typename T::value_type, float> ||
   (std::integral<typename T::value_type> && !std::same_as<typename T::value_type, bool> &&
    !std::same_as<typename T::value_type, wchar_t>));

/// Numbers are little-endian; text and containers begin with their size, in 8 bytes; an optional with a byte.
template <class T>
void append_bytes(std::string& bytes, const T& x) {
    if constexpr (with_state<T>) {
        const auto append_parts = [&bytes](const T& ordered) {
            each_part(state_access::shape(ordered), [&](const auto& value) { append_bytes(bytes, value); });
            if constexpr (packed_state<T>)
                append_bytes(bytes, state_access::packed(ordered));
            else
                each_part(state_access::state(ordered), [&](const auto& part) { append_bytes(bytes, part); });
        };
        if constexpr (state_access::has_order<T>())
            append_parts(state_access::in_order(x));
        else
            append_parts(x);
    } else if constexpr (fixed_size_number<T>) {
        const auto bits = bits_of(x);
        char little_endian[sizeof bits];
        for (std::size_t i = 0; i < sizeof bits; ++i)
            little_endian[i] = static_cast<char>(static_cast<unsigned char>(bits >> (8 * i)));
        bytes.append(little_endian, sizeof bits);
    } else if constexpr (std::same_as<T, std::string>) {
        append_bytes(bytes, std::uint64_t{x.size()});
        bytes += x;
    } else if constexpr (time_value<T>) {
        append_bytes(bytes, plain(x));
    } else if constexpr (is_optional<T>) {
        append_bytes(bytes, x.has_value());
        if (x) append_bytes(bytes, *x);
    } else if constexpr (is_tuple<T>) {
        each_part(x, [&](const auto& part) { append_bytes(bytes, part); });
    } else {
        if constexpr (!fixed_size_array<T>) append_bytes(bytes, std::uint64_t{x.size()});
        if constexpr (copied_as_bytes<T>)
            bytes.append(reinterpret_cast<const char*>(x.data()), x.size() * sizeof(x[0]));
        else
            for (const auto& element : x) append_bytes(bytes, element);
    }
}

/// Reads the bytes of one state. Nothing is allocated for bytes that are not there.
class state_reader {
public:
    explicit state_reader(std::string_view bytes) : bytes_(bytes) {}

    template <class T>
    void read(T& x) {
        if constexpr (with_state<T>) {
            each_part(state_access::shape(x), [&](const auto& value) {
                auto found = value;
                read(found);
                if (found != value) refuse("parts of one shape", "another in the content");
            });
            bool agree = false;
            if constexpr (packed_state<T>) {
                packed_t<T> packed{};
                read(packed);
                agree = state_access::unpack(x, std::move(packed));
            } else {
                auto parts = state_access::state(x);
                each_part(parts, [&](auto& part) { read(part); });
                agree = state_access::restore(x);
            }
            if (!agree) refuse("parts that agree", "others in the content");
        } else if constexpr (fixed_size_number<T>) {
            read_number(x);
        } else if constexpr (std::same_as<T, std::string>) {
            x = taken(read_size());
        } else if constexpr (time_value<T>) {
            auto numbers = plain(x);
            read(numbers);
            x = from_plain<T>(numbers);
        } else if constexpr (is_optional<T>) {
            bool has_value = false;
            read(has_value);
            x.reset();
            if (has_value) read(x.emplace());
        } else if constexpr (is_tuple<T>) {
            each_part(x, [&](auto& part) { read(part); });
        } else if constexpr (fixed_size_array<T>) {
            for (auto& element : x) read(element);
        } else if constexpr (copied_as_bytes<T>) {
            const std::size_t size = read_size();
            constexpr std::size_t width = sizeof(typename T::value_type);
            if (size > bytes_.size() / width)  // as where elements are read one by one
                refuse(std::to_string(width) + " more bytes of content", std::to_string(bytes_.size() % width));
            const std::string_view content = taken(size * width);
            x.resize(size);
            if (size > 0) std::memcpy(x.data(), content.data(), content.size());
        } else {
            read_container(x);
        }
    }

    void finish() const {
        if (!bytes_.empty()) refuse("nothing after the content", std::to_string(bytes_.size()) + " bytes");
    }

private:
    [[nodiscard]] std::string_view taken(std::size_t count) {
        if (count > bytes_.size())
            refuse(std::to_string(count) + " more bytes of content", std::to_string(bytes_.size()));
        const std::string_view first = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return first;
    }

    template <class T>
    void read_number(T& x) {
        using bits_type = decltype(bits_of(x));
        const std::string_view bytes = taken(sizeof(bits_type));
        bits_type bits = 0;
        for (std::size_t i = 0; i < sizeof bits; ++i)
            bits = static_cast<bits_type>(
                bits | static_cast<bits_type>(bits_type{static_cast<unsigned char>(bytes[i])} << (8 * i)));
        if constexpr (std::same_as<T, bool>)
            if (bits > 1) refuse("a yes or no of 0 or 1", std::to_string(bits));
        if constexpr (std::floating_point<T>)
            x = std::bit_cast<T>(bits);
        else
            x = static_cast<T>(bits);
    }

    /// Each element takes at least a byte.
    [[nodiscard]] std::size_t read_size() {
        std::uint64_t size = 0;
        read(size);
        if (size > bytes_.size())
            refuse("a size of at most " + std::to_string(bytes_.size()) + " in the content", std::to_string(size));
        return static_cast<std::size_t>(size);
    }

    template <class T>
    void read_container(T& x) {
        x.clear();
        for (std::size_t left = read_size(); left > 0; --left) {
            loaded_value_t<T> value{};
            const std::size_t before = bytes_.size(), known = x.size();
            read(value);
            x.insert(x.end(), std::move(value));
            if (bytes_.size() == before) refuse("elements of at least a byte", "none");
            if (x.size() == known) refuse("keys that differ", "one of them twice");
        }
    }

    std::string_view bytes_;
};

}  // namespace detail
}  // namespace compute_divide::inline v0_2

#endif
