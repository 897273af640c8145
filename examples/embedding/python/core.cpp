// SPDX-License-Identifier: BSL-1.0
// The module compute_divide._core: accumulators, classifier, hardware and regressions. Columns are read where numpy has
// them, by address and stride; compute_divide/__init__.py makes columns of what is none.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/for_each_in_order.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/sector_counts.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/terms.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>

namespace cd = compute_divide;
namespace py = pybind11;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Numbers of numpy's, where they are.
template <class T>
class column {
public:
    column(const py::array& array, std::string_view name) : array_(array) {
        if (array.ndim() != 1 || !py::isinstance<py::array_t<T>>(array))
            throw py::type_error(std::string(name) + ": a column of numpy's of the right type is required");
        if (array.size() > 0) first_ = static_cast<const char*>(array.data());
        stride_ = array.strides(0);
        size_ = static_cast<std::size_t>(array.size());
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] T operator[](std::size_t i) const {
        T value;
        std::memcpy(&value, first_ + static_cast<std::ptrdiff_t>(i) * stride_, sizeof value);
        return value;
    }

private:
    py::array array_;  // kept alive
    const char* first_ = nullptr;
    std::ptrdiff_t stride_ = 0;
    std::size_t size_ = 0;
};

/// Yes, no or unknown: of bool, or of 1, 0 and NaN.
class answers {
public:
    answers(const py::array& array, std::string_view name) {
        if (py::isinstance<py::array_t<bool>>(array))
            truths_.emplace(array, name);
        else
            numbers_.emplace(array, name);
    }
    [[nodiscard]] std::size_t size() const { return truths_ ? truths_->size() : numbers_->size(); }
    [[nodiscard]] std::optional<bool> operator[](std::size_t i) const {
        if (truths_) return (*truths_)[i];
        const double x = (*numbers_)[i];
        if (x != x) return std::nullopt;
        if (x != 0 && x != 1)
            throw std::invalid_argument("share: yes or no is required, got " + std::to_string(x) + " at " +
                                        std::to_string(i));
        return x == 1;
    }

private:
    std::optional<column<bool>> truths_;
    std::optional<column<double>> numbers_;
};

std::optional<std::string_view> text_of(py::handle object, std::string_view what) {
    if (object.is_none() ||
        (PyFloat_Check(object.ptr()) && PyFloat_AS_DOUBLE(object.ptr()) != PyFloat_AS_DOUBLE(object.ptr())))
        return std::nullopt;
    if (!PyUnicode_Check(object.ptr())) {
        const std::string type = py::str(py::type::handle_of(object).attr("__name__"));
        if (type == "NAType" || type == "NaTType") return std::nullopt;  // pandas'
        throw py::type_error(std::string(what) + ": a text is required, got " + type);
    }
    Py_ssize_t size = 0;
    const char* const text = PyUnicode_AsUTF8AndSize(object.ptr(), &size);
    if (text == nullptr) throw py::error_already_set();
    return std::string_view(text, static_cast<std::size_t>(size));
}
/// Labels: views of the texts in a list.
std::vector<std::optional<std::string_view>> labels_of(const py::list& list, std::string_view what) {
    std::vector<std::optional<std::string_view>> labels;
    labels.reserve(list.size());
    for (const py::handle each : list) labels.push_back(text_of(each, what));
    return labels;
}
void require_same(std::size_t a, std::size_t b, std::string_view what) {
    if (a != b)
        throw std::invalid_argument(std::string(what) + ": columns of one length are required, got " +
                                    std::to_string(a) + " and " + std::to_string(b));
}

/// Calls `use(date of row)` with a function that reads dates: of decimal years, or of numpy's datetime64 as whole
/// numbers of a unit.
template <class Use>
void with_dates(const py::array& array, const std::string& unit, const Use& use) {
    using namespace std::chrono;
    if (unit.empty()) {
        const column<double> years(array, "dates");
        return use([&](std::size_t i) { return years[i]; }, years.size());
    }
    const column<std::int64_t> counts(array, "dates");
    const auto as = [&]<class Duration>(Duration) {
        return [&counts](std::size_t i) {
            const std::int64_t count = counts[i];
            using time = sys_time<Duration>;
            return count == std::numeric_limits<std::int64_t>::min()
                       ? std::optional<time>()
                       : std::optional(time(Duration(static_cast<typename Duration::rep>(count))));
        };
    };
    if (unit == "D") return use(as(days{}), counts.size());
    if (unit == "s") return use(as(seconds{}), counts.size());
    if (unit == "ms") return use(as(milliseconds{}), counts.size());
    if (unit == "us") return use(as(microseconds{}), counts.size());
    if (unit == "ns") return use(as(nanoseconds{}), counts.size());
    throw std::invalid_argument("dates: datetime64 of D, s, ms, us or ns is required, got " + unit);
}

// Results as JSON, of which Python makes dicts: numbers keep all digits.
template <class T>
std::string json(const T& result) {
    return cd::to_json(result);
}

using clustered_share = cd::clustered_successes<std::string>;
using clustered_trend = cd::clustered_log_trend_sums<std::string>;
using owners = cd::owner_amounts<int, std::string>;

template <class A>
auto accumulator(py::module_& m, const char* name) {
    const auto loaded = [](const py::bytes& bytes) {
        A a;
        cd::load(std::string_view(bytes), a);
        return a;
    };
    return py::class_<A>(m, name)
        .def(py::init<>())
        .def("merge", [](A& a, const A& other) { a.merge(A(other)); })
        .def("saved", [](const A& a) { return py::bytes(cd::saved(a)); })
        .def_static("load", loaded)
        .def(py::pickle([](const A& a) { return py::bytes(cd::saved(a)); }, loaded));
}

// Texts.

template <class Enum>
py::handle name_object(Enum value) {
    static const auto names = [] {
        std::vector<PyObject*> made;
        for (const auto& entry : enumerators(Enum{})) {
            const auto at = static_cast<std::size_t>(entry.value);
            if (made.size() <= at) made.resize(at + 1, nullptr);
            made[at] = py::str(entry.name.data(), entry.name.size()).release().ptr();
        }
        return made;
    }();
    return names[static_cast<std::size_t>(value)];
}
py::object new_text(std::string_view text) {
    if (text.empty()) return py::none();
    PyObject* const made = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
    if (made == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(made);
}
/// The same, remembered where it is short: names and places come again. As many as there are slots, the last each.
py::object known_text(std::string_view text) {
    constexpr std::size_t slots = 4096, longest = 100;
    struct slot {
        std::string text = {};
        py::object made = {};
    };
    static auto* const known = new std::vector<slot>(slots);
    if (text.empty() || text.size() > longest) return new_text(text);
    slot& its = (*known)[std::hash<std::string_view>{}(text) % slots];
    if (its.text != text) {
        its.made = new_text(text);
        its.text = text;
    }
    return its.made;
}
void put(const py::dict& dict, py::handle key, py::handle value) {
    if (PyDict_SetItem(dict.ptr(), key.ptr(), value.ptr()) != 0) throw py::error_already_set();
}
void put(py::list& list, std::size_t i, py::object value) {
    PyList_SET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i), value.release().ptr());
}
/// A copy of a dict that has its keys already takes a third of the time of making it.
py::dict copy_of(const py::dict& dict) {
    PyObject* const made = PyDict_Copy(dict.ptr());
    if (made == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::dict>(made);
}

/// While many objects are made of which none can be garbage, nobody looks for garbage.
class no_garbage {
public:
#if PY_VERSION_HEX >= 0x030A0000
    no_garbage() : was_looked_for_(PyGC_Disable() != 0) {}
    ~no_garbage() {
        if (was_looked_for_) PyGC_Enable();
    }
#else
    no_garbage() = default;
    ~no_garbage() {}
#endif
    no_garbage(const no_garbage&) = delete;
    no_garbage& operator=(const no_garbage&) = delete;

private:
    [[maybe_unused]] bool was_looked_for_ = false;
};

/// An institution's dict. Those made lately are remembered, as many as there are slots: organisations come again, and a
/// copy takes a fraction of the time of making one.
py::dict dict_of(const cd::institution& given) {
    constexpr std::size_t slots = 4096;
    struct slot {
        cd::institution of = {};
        py::dict made = {};
    };
    static auto* const known = new std::vector<slot>(slots);
    const auto mixed = [](std::size_t sum, std::string_view text) {
        std::uint64_t last = 0;
        std::memcpy(&last, text.data() + text.size() - std::min(text.size(), sizeof last),
                    std::min(text.size(), sizeof last));
        return static_cast<std::size_t>((sum ^ last ^ text.size()) * 0x9E3779B97F4A7C15U);
    };
    slot& its =
        (*known)[mixed(mixed(0, given.name), given.evidence) >> (std::numeric_limits<std::size_t>::digits - 12)];
    if (its.made.empty() || its.of != given) {
        py::dict made;
        made["name"] = new_text(given.name);
        made["type"] = name_object(given.type);
        made["sector"] = name_object(cd::sector_of(given.type));
        made["country"] = new_text(given.country);
        made["city"] = new_text(given.city);
        made["confidence"] = given.confidence;
        made["rule"] = name_object(given.rule);
        made["evidence"] = new_text(given.evidence);
        its.made = std::move(made);
        its.of = given;
    }
    return copy_of(its.made);
}

class python_classifier {
public:
    python_classifier(const std::string& population, bool learned, unsigned threads)
        : classifier_({.learned = learned, .population = cd::parse_name<cd::affiliation_population>(population)}),
          threads_(threads) {}

    py::object classify(py::handle given) {
        const auto text = text_of(given, "classify");
        return text ? object_of(classifier_(*text, memory_)) : py::object(py::none());
    }
    py::list classify_all(const py::list& texts) const {
        const no_garbage now;
        py::list all(texts.size());
        for_each(texts, [&](std::size_t i, const std::optional<cd::affiliation>& found) {
            put(all, i, found ? object_of(*found) : py::object(py::none()));
        });
        return all;
    }

    /// A column for each member of the institutions, and one of the rows that they are of.
    py::dict institutions(const py::list& texts) const {
        const no_garbage now;
        std::vector<std::int64_t> rows;
        std::vector<double> confidences;
        py::list names, types, sectors, countries, cities, rules, evidence;
        const auto add = [](py::list& to, py::handle value) {
            if (PyList_Append(to.ptr(), value.ptr()) != 0) throw py::error_already_set();
        };
        for_each(texts, [&](std::size_t i, const std::optional<cd::affiliation>& found) {
            if (!found) return;
            for (const cd::institution& each : found->institutions) {
                rows.push_back(static_cast<std::int64_t>(i));
                confidences.push_back(each.confidence);
                add(names, known_text(each.name));
                add(types, name_object(each.type));
                add(sectors, name_object(cd::sector_of(each.type)));
                add(countries, known_text(each.country));
                add(cities, known_text(each.city));
                add(rules, name_object(each.rule));
                add(evidence, known_text(each.evidence));
            }
        });
        py::dict columns;
        columns["affiliation"] = py::array_t<std::int64_t>(static_cast<py::ssize_t>(rows.size()), rows.data());
        columns["name"] = names;
        columns["type"] = types;
        columns["sector"] = sectors;
        columns["country"] = countries;
        columns["city"] = cities;
        columns["confidence"] = py::array_t<double>(static_cast<py::ssize_t>(confidences.size()), confidences.data());
        columns["rule"] = rules;
        columns["evidence"] = evidence;
        return columns;
    }
    py::handle team(const py::list& affiliations) {
        std::vector<std::vector<cd::sector>> authors;
        for (const py::handle each : affiliations) {
            const auto text = text_of(each, "team_of");
            authors.push_back(text ? classifier_(*text, memory_).sectors : std::vector{cd::sector::unknown});
        }
        return name_object(cd::team_of(cd::count_sectors(authors)));
    }

private:
    static py::object object_of(const cd::affiliation& found) {
        struct parts {
            py::str institutions = "institutions", sectors = "sectors", is_independent = "is_independent";
            py::dict empty = {};
        };
        static const auto* const part = [] {
            auto* const made = new parts;
            for (const py::str& key : {made->institutions, made->sectors, made->is_independent})
                made->empty[key] = py::none();
            return made;
        }();
        py::dict result = copy_of(part->empty);
        py::list institutions(found.institutions.size()), sectors(found.sectors.size());
        for (std::size_t i = 0; i < found.institutions.size(); ++i)
            put(institutions, i, dict_of(found.institutions[i]));
        for (std::size_t i = 0; i < found.sectors.size(); ++i)
            put(sectors, i, py::reinterpret_borrow<py::object>(name_object(found.sectors[i])));
        put(result, part->institutions, institutions);
        put(result, part->sectors, sectors);
        put(result, part->is_independent, py::bool_(found.is_independent));
        return result;
    }
    /// use(i, its affiliation) in order; other threads classify ahead, which touch nothing of Python's.
    template <class Use>
    void for_each(const py::list& given, const Use& use) const {
        const auto kept =
            py::reinterpret_steal<py::list>(PyList_GetSlice(given.ptr(), 0, PyList_GET_SIZE(given.ptr())));
        if (!kept) throw py::error_already_set();
        const auto texts = labels_of(kept, "classify");
        cd::for_each_in_order(
            texts.size(),
            [&] {
                return [&, memory = cd::classifier::workspace()](std::size_t i) mutable {
                    return texts[i] ? std::optional(classifier_(*texts[i], memory)) : std::nullopt;
                };
            },
            [&](std::size_t i, const std::optional<cd::affiliation>& found) {
                if (i % 1024 == 0 && PyErr_CheckSignals() != 0) throw py::error_already_set();
                use(i, found);
            },
            {.threads = threads_});
    }

    cd::classifier classifier_;
    unsigned threads_;
    cd::classifier::workspace memory_;  // calls have the interpreter's lock
};

py::list read_hardware(py::handle given) {
    static const cd::hardware_reader read;
    py::list found;
    const auto text = text_of(given, "read_hardware");
    if (!text) return found;
    const auto bounds = [](const cd::stated_bounds& b) { return py::make_tuple(b.lower, b.upper); };
    read.for_each(*text, [&](const cd::hardware_mention& mention) {
        using namespace py::literals;
        found.append(py::dict(
            "chip"_a = new_text(mention.chip), "count"_a = mention.count, "hours"_a = mention.hours,
            "chip_hours"_a = mention.chip_hours, "utilisation"_a = mention.utilisation,
            "format"_a = mention.format ? py::object(py::reinterpret_borrow<py::object>(name_object(*mention.format)))
                                        : py::object(py::none()),
            "use"_a = py::reinterpret_borrow<py::object>(name_object(mention.use)),
            "count_bounds"_a = bounds(mention.count_bounds), "hours_bounds"_a = bounds(mention.hours_bounds),
            "evidence"_a = new_text(text->substr(mention.span.begin, mention.span.end - mention.span.begin))));
    });
    return found;
}

// Regressions: of rows by their numbers.

std::string regress(const py::array& y, const std::vector<std::pair<std::string, py::array>>& terms,
                    const std::vector<py::list>& clusters, const std::vector<py::list>& absorbed,
                    const std::string& family, const std::optional<std::string>& covariance, double level) {
    const column<double> response(y, "regress");
    std::vector<std::size_t> rows(response.size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
    const auto number = [](double x) { return x == x ? std::optional(x) : std::nullopt; };
    using number_of_row = std::function<std::optional<double>(std::size_t)>;
    using label_of_row = std::function<std::optional<std::string>(std::size_t)>;
    std::vector<decltype(cd::variable(std::string(), number_of_row()))> variables;
    for (const auto& [name, array] : terms) {
        const column<double> values(array, name);
        require_same(rows.size(), values.size(), "regress");
        variables.push_back(
            cd::variable(name, number_of_row([values, number](std::size_t i) { return number(values[i]); })));
    }
    const auto label_fields = [&](const std::vector<py::list>& lists) {
        std::vector<label_of_row> fields;
        for (const py::list& list : lists) {
            auto labels = labels_of(list, "regress");
            require_same(rows.size(), labels.size(), "regress");
            fields.emplace_back([labels = std::move(labels)](std::size_t i) {
                return labels[i] ? std::optional(std::string(*labels[i])) : std::nullopt;
            });
        }
        return fields;
    };
    cd::regression_options options{.level = level};
    if (covariance) options.covariance = cd::parse_name<cd::covariance_kind>(*covariance);
    const number_of_row outcome = [&](std::size_t i) { return number(response[i]); };
    const auto model = cd::model_of(outcome).on(variables);
    const auto clustered = label_fields(clusters), effects = label_fields(absorbed);
    const auto which = cd::parse_name<cd::regression_family>(family);
    if (!effects.empty()) {
        if (which != cd::regression_family::linear)
            throw std::invalid_argument("regress: absorbed effects need the family linear, got " + family);
        return json(cd::fit_fixed_effects(rows, model.absorbing(effects).clustered_by(clustered), options));
    }
    if (which == cd::regression_family::linear)
        return json(cd::fit_linear(rows, model.clustered_by(clustered), options));
    if (which == cd::regression_family::logit) return json(cd::fit_logit(rows, model.clustered_by(clustered), options));
    throw std::invalid_argument("regress: one of linear, logit, got " + family);
}

}  // namespace

PYBIND11_MODULE(_core, m) {
    py::register_exception<cd::state_error>(m, "StateError", PyExc_ValueError);

    accumulator<cd::share_counts>(m, "ShareCounts")
        .def("add",
             [](cd::share_counts& a, const py::array& yes) {
                 const answers all(yes, "share");
                 const py::gil_scoped_release others;
                 cd::share_counts more;
                 for (std::size_t i = 0; i < all.size(); ++i) more.add(all[i]);
                 a.merge(more);
             })
        .def("result", [](const cd::share_counts& a, double level, const std::string& interval) {
            return json(a.result(
                cd::share_options{.interval = cd::parse_name<cd::proportion_interval>(interval), .level = level}));
        });
    accumulator<clustered_share>(m, "ClusteredShare")
        .def("add",
             [](clustered_share& a, const py::array& yes, const py::list& clusters) {
                 const answers all(yes, "share");
                 const auto labels = labels_of(clusters, "share");
                 require_same(all.size(), labels.size(), "share");
                 clustered_share more;
                 for (std::size_t i = 0; i < all.size(); ++i) more.add(all[i], labels[i]);
                 a.merge(more);
             })
        .def("result", [](const clustered_share& a, double level, const std::string& interval) {
            return json(
                a.result({.interval = cd::parse_name<cd::proportion_interval>(interval), .level = level}).share);
        });
    accumulator<cd::log_trend_sums>(m, "LogTrend")
        .def("add",
             [](cd::log_trend_sums& a, const py::array& dates, const std::string& unit, const py::array& values) {
                 const column<double> amounts(values, "log_trend");
                 with_dates(dates, unit, [&](const auto& date_of, std::size_t n) {
                     require_same(n, amounts.size(), "log_trend");
                     const py::gil_scoped_release others;
                     cd::log_trend_sums more;
                     for (std::size_t i = 0; i < n; ++i) more.add(date_of(i), amounts[i]);
                     a.merge(more);
                 });
             })
        .def("result", [](const cd::log_trend_sums& a, double level) {
            return std::pair(json(a.result({.level = level})), json(a.r_squared()));
        });
    accumulator<clustered_trend>(m, "ClusteredLogTrend")
        .def("add",
             [](clustered_trend& a, const py::array& dates, const std::string& unit, const py::array& values,
                const py::list& clusters) {
                 const column<double> amounts(values, "log_trend");
                 const auto labels = labels_of(clusters, "log_trend");
                 require_same(labels.size(), amounts.size(), "log_trend");
                 with_dates(dates, unit, [&](const auto& date_of, std::size_t n) {
                     require_same(n, amounts.size(), "log_trend");
                     clustered_trend more;
                     for (std::size_t i = 0; i < n; ++i) more.add(date_of(i), amounts[i], labels[i]);
                     a.merge(more);
                 });
             })
        .def("result", [](const clustered_trend& a, double level) {
            return std::pair(json(a.result({.interval = cd::trend_interval::clustered, .level = level})),
                             std::string("null"));
        });
    accumulator<owners>(m, "Owners")
        .def("add",
             [](owners& a, const py::list& names, const py::array& amounts) {
                 const column<double> all(amounts, "concentration");
                 const auto labels = labels_of(names, "concentration");
                 require_same(labels.size(), all.size(), "concentration");
                 owners more;
                 for (std::size_t i = 0; i < all.size(); ++i) more.add(0, labels[i], all[i]);
                 a.merge(more);
             })
        .def("result", [](const owners& a, double level) {
            const auto rows = cd::concentration_of_keys(a.result(), {.level = level});
            return json(rows.empty() ? cd::owner_concentration{} : rows.front().concentration);
        });

    py::class_<python_classifier>(m, "Classifier")
        .def(py::init<const std::string&, bool, unsigned>())
        .def("classify", &python_classifier::classify)
        .def("classify_all", &python_classifier::classify_all)
        .def("institutions", &python_classifier::institutions)
        .def("team", &python_classifier::team);
    m.def("read_hardware", &read_hardware);
    m.def("regress", &regress);
}
