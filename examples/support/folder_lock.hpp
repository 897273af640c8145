// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FOLDER_LOCK_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FOLDER_LOCK_HPP

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace example {

/// That one run at a time works in a folder: it holds a lock on a file there, which ends with the run, however it ends.
class folder_lock {
public:
    folder_lock() = default;
    /// Makes the file where it is not there. Throws std::runtime_error where another run has the lock.
    folder_lock(const std::string& folder, const std::string& name) {
        const std::string path = folder + "/" + name;
        file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        struct stat locked = {}, there = {};
        const bool is_mine = file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0;
        if (!is_mine && errno != EWOULDBLOCK) {
            const std::string reason = std::strerror(errno);
            release();
            throw std::runtime_error(path + " cannot be locked: " + reason);
        }
        // A run that has ended since may have taken the file away.
        if (is_mine && ::fstat(file_, &locked) == 0 && ::stat(path.c_str(), &there) == 0 &&
            locked.st_ino == there.st_ino)
            return;
        release();
        throw std::runtime_error(folder + " is in use by another run");
    }
    folder_lock(folder_lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    folder_lock& operator=(folder_lock&& other) noexcept {
        std::swap(file_, other.file_);
        return *this;
    }
    ~folder_lock() { release(); }

private:
    void release() {
        if (file_ >= 0) ::close(std::exchange(file_, -1));
    }

    int file_ = -1;
};

}  // namespace example

#endif
