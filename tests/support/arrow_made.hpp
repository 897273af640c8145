// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_ARROW_MADE_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_ARROW_MADE_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/io/arrow.hpp>

/// Arrow arrays made by hand, and streams of them that count what is released.
namespace test_support {

using arrow_bytes = std::vector<char>;

template <class T>
[[nodiscard]] arrow_bytes arrow_values(std::initializer_list<T> values) {
    arrow_bytes bytes(values.size() * sizeof(T));
    std::size_t at = 0;
    for (const T& each : values) {
        std::memcpy(bytes.data() + at, &each, sizeof(T));
        at += sizeof(T);
    }
    return bytes;
}
[[nodiscard]] inline arrow_bytes arrow_bits(std::initializer_list<int> bits) {
    arrow_bytes bytes(bits.size() / 8 + 1);
    std::size_t at = 0;
    for (const int each : bits) {
        if (each != 0) bytes[at / 8] = static_cast<char>(bytes[at / 8] | (1 << at % 8));
        ++at;
    }
    return bytes;
}
[[nodiscard]] inline arrow_bytes arrow_text(const std::string& text) {
    return {text.begin(), text.end()};
}
/// No buffer: a null pointer.
[[nodiscard]] inline arrow_bytes no_buffer() {
    return {};
}

/// A column; what is changed of it before it is put into a table is a lie.
struct arrow_made {
    std::string format, name;
    std::int64_t length = 0, null_count = -1, offset = 0;
    std::vector<arrow_bytes> buffers = {};
    std::vector<arrow_made> children = {};
    std::shared_ptr<arrow_made> dictionary = {};
    std::int64_t n_buffers = -1, n_children = -1;  // as they are, where -1
};

/// Both structs of a column and all that they point at.
class arrow_pair {
public:
    explicit arrow_pair(const arrow_made& made, int* released = nullptr) : made_(made), released_(released) {
        for (const arrow_made& each : made_.children) children_.push_back(std::make_unique<arrow_pair>(each));
        if (made_.dictionary) dictionary_ = std::make_unique<arrow_pair>(*made_.dictionary);
        for (const auto& each : children_) {
            schemas_.push_back(&each->schema);
            arrays_.push_back(&each->array);
        }
        // Each buffer in memory of its own size, so that a sanitizer sees a read beyond it.
        for (const arrow_bytes& each : made_.buffers) {
            memory_.push_back(each.empty() ? nullptr : std::make_unique<char[]>(each.size()));
            if (!each.empty()) std::memcpy(memory_.back().get(), each.data(), each.size());
            pointers_.push_back(memory_.back().get());
        }
        const auto children = static_cast<std::int64_t>(children_.size());
        schema = {made_.format.c_str(),
                  made_.name.c_str(),
                  nullptr,
                  ARROW_FLAG_NULLABLE,
                  children,
                  schemas_.data(),
                  dictionary_ ? &dictionary_->schema : nullptr,
                  release_schema,
                  released_};
        array = {made_.length,
                 made_.null_count,
                 made_.offset,
                 made_.n_buffers < 0 ? static_cast<std::int64_t>(pointers_.size()) : made_.n_buffers,
                 made_.n_children < 0 ? children : made_.n_children,
                 pointers_.data(),
                 arrays_.data(),
                 dictionary_ ? &dictionary_->array : nullptr,
                 release_array,
                 released_};
    }

    ArrowSchema schema{};
    ArrowArray array{};

private:
    static void count(void* released) {
        if (released != nullptr) ++*static_cast<int*>(released);
    }
    static void release_schema(ArrowSchema* schema) {
        count(schema->private_data);
        schema->release = nullptr;
    }
    static void release_array(ArrowArray* array) {
        count(array->private_data);
        array->release = nullptr;
    }

    arrow_made made_;
    int* released_;
    std::vector<std::unique_ptr<arrow_pair>> children_;
    std::unique_ptr<arrow_pair> dictionary_;
    std::vector<ArrowSchema*> schemas_;
    std::vector<ArrowArray*> arrays_;
    std::vector<std::unique_ptr<char[]>> memory_;
    std::vector<const void*> pointers_;
};

/// Columns as a table.
[[nodiscard]] inline arrow_made arrow_struct(std::int64_t length, std::vector<arrow_made> columns) {
    return {.format = "+s", .name = "", .length = length, .buffers = {no_buffer()}, .children = std::move(columns)};
}

/// A stream of batches that counts what is released of it.
class arrow_stream_made {
public:
    /// `fails`: the number of the batch that is an error instead.
    explicit arrow_stream_made(const std::vector<arrow_made>& batches, int fails = -1) : fails_(fails) {
        for (const arrow_made& each : batches) pairs_.push_back(std::make_unique<arrow_pair>(each, &arrays_released));
        if (!batches.empty()) schema_ = std::make_unique<arrow_pair>(batches.front(), &schemas_released);
        stream = {get_schema, get_next, get_last_error, release, this};
    }
    arrow_stream_made(const arrow_stream_made&) = delete;
    arrow_stream_made& operator=(const arrow_stream_made&) = delete;
    ~arrow_stream_made() = default;

    ArrowArrayStream stream{};
    int schemas_released = 0, arrays_released = 0, streams_released = 0;

private:
    static arrow_stream_made& self(ArrowArrayStream* stream) {
        return *static_cast<arrow_stream_made*>(stream->private_data);
    }
    static int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
        if (!self(stream).schema_) return 22;
        *out = self(stream).schema_->schema;
        return 0;
    }
    static int get_next(ArrowArrayStream* stream, ArrowArray* out) {
        arrow_stream_made& s = self(stream);
        *out = {};
        if (static_cast<int>(s.next_) == s.fails_) return 5;
        if (s.next_ < s.pairs_.size()) *out = s.pairs_[s.next_++]->array;
        return 0;
    }
    static const char* get_last_error(ArrowArrayStream*) { return "the disk is gone"; }
    static void release(ArrowArrayStream* stream) {
        ++self(stream).streams_released;
        stream->release = nullptr;
    }

    int fails_;
    std::size_t next_ = 0;
    std::unique_ptr<arrow_pair> schema_;
    std::vector<std::unique_ptr<arrow_pair>> pairs_;
};

}  // namespace test_support

#endif
