package io.tailrace.log.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Passes every operation on to another storage: what storages with faults are made of, by what they override. */
public abstract class ForwardingStorage implements Storage {
    protected final Storage target;

    protected ForwardingStorage(Storage target) {
        this.target = target;
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        return target.open(path, mode);
    }

    @Override
    public boolean exists(String path) {
        return target.exists(path);
    }

    @Override
    public List<String> list(String directory) {
        return target.list(directory);
    }

    @Override
    public void delete(String path) {
        target.delete(path);
    }

    @Override
    public void rename(String from, String to) {
        target.rename(from, to);
    }

    @Override
    public void createDirectories(String directory) {
        target.createDirectories(directory);
    }

    @Override
    public void deleteDirectory(String directory) {
        target.deleteDirectory(directory);
    }

    @Override
    public long size(String path) {
        return target.size(path);
    }

    @Override
    public void forceDirectory(String directory) {
        target.forceDirectory(directory);
    }

    @Override
    public void lock() {
        target.lock();
    }

    @Override
    public Optional<Path> directory() {
        return target.directory();
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }

    /** Passes every operation on to another opening of the file. */
    public abstract static class File implements StorageFile {
        protected final StorageFile file;

        protected File(StorageFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            file.write(source, position);
        }

        @Override
        public int read(ByteBuffer buffer, long position) {
            return file.read(buffer, position);
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void truncate(long size) {
            file.truncate(size);
        }

        @Override
        public void force() {
            file.force();
        }

        @Override
        public void close() {
            file.close();
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
