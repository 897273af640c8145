// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_ATOMIC_WRITE_HPP
#define COMPUTE_DIVIDE_DETAIL_ATOMIC_WRITE_HPP

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace compute_divide::detail {

[[noreturn]] inline void fail_on_file(std::string_view function, const std::string& path, int error) {
    throw std::system_error(error, std::generic_category(),
                            std::string("compute_divide::").append(function).append(": ").append(path));
}

/// A new file beside `path` that takes its place, or goes.
class replacement {
public:
    replacement(std::string_view function, std::string path) : function_(function), path_(std::move(path)) {
        struct stat known = {};
        if (::stat(path_.c_str(), &known) == 0 && !S_ISREG(known.st_mode))
            fail(S_ISDIR(known.st_mode) ? EISDIR : EINVAL);
        for (int i = 0; file_ < 0; ++i) {
            temporary_ = path_ + ".partial" + std::to_string(i);
            file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (file_ < 0 && errno != EEXIST) {
                temporary_.clear();
                fail(errno);
            }
        }
    }
    replacement(const replacement&) = delete;
    replacement& operator=(const replacement&) = delete;
    ~replacement() {
        if (file_ >= 0) ::close(file_);
        if (!temporary_.empty()) ::unlink(temporary_.c_str());
    }

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ::ssize_t written = ::write(file_, bytes.data(), bytes.size());
            if (written >= 0)
                bytes.remove_prefix(static_cast<std::size_t>(written));
            else if (errno != EINTR)
                fail(errno);
        }
    }

    void take_place() {
        if (::fsync(file_) != 0) fail(errno);
        const int file = std::exchange(file_, -1);
        if (::close(file) != 0) fail(errno);
        if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
        temporary_.clear();
        // That the new name outlives a power cut; not all file systems can do it.
        const std::size_t slash = path_.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
        const int names = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (names < 0) return;
        ::fsync(names);
        ::close(names);
    }

private:
    [[noreturn]] void fail(int error) const { fail_on_file(function_, path_, error); }

    std::string_view function_;
    std::string path_, temporary_;
    int file_ = -1;
};

/// Writes a file so that whatever happens, also to the machine, its path holds either all of the old content or all of
/// the new: a temporary file beside it is written, synchronised and renamed. Throws std::system_error, and removes the
/// temporary file, where one of these fails. POSIX.
inline void atomic_write(std::string_view function, const std::string& path, std::string_view bytes) {
    replacement file(function, path);
    file.write(bytes);
    file.take_place();
}

}  // namespace compute_divide::detail

#endif
