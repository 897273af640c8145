// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_READ_ONCE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_READ_ONCE_HPP

#include <map>
#include <mutex>
#include <optional>

namespace example {

/// Tables of a program by what they were read from: several findings of one table read it once. From any thread.
template <class Key, class Table>
class read_once {
public:
    /// The table of the key, which `read` reads where it is the first that asks; what it throws is thrown to each who
    /// asks. The table stays where it is.
    template <class Read>
    const Table& operator()(const Key& key, Read read) {
        entry& found = find(key);
        const std::scoped_lock lock(found.reading);
        if (!found.table) found.table.emplace(read());
        return *found.table;
    }

private:
    struct entry {
        std::mutex reading = {};
        std::optional<Table> table = {};
    };
    entry& find(const Key& key) {
        const std::scoped_lock lock(finding_);
        return entries_[key];
    }
    std::mutex finding_;
    std::map<Key, entry> entries_;
};

}  // namespace example

#endif
