package io.tailrace.log.storage;

import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.LogLockedException;
import io.tailrace.common.errors.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The {@link Storage} in the heap: same rules, no file. What it holds lives as long as the object, also after {@link
 * #close}: {@link #reopen} gives it to a successor, as a restarted process finds its files again.
 */
public final class MemoryStorage implements Storage {
    private final Tree tree;
    private boolean holdsLock; // guarded by tree
    private volatile boolean closed;

    /** An empty one. */
    public MemoryStorage() {
        this(new Tree());
    }

    private MemoryStorage(Tree tree) {
        this.tree = tree;
    }

    /** All paths; a directory has no {@link MemoryFile}. Shared by a storage and its successors; guarded by itself. */
    private static final class Tree {
        final TreeMap<String, Optional<MemoryFile>> nodes = new TreeMap<>();
        boolean locked;

        /** A copy: the caller may change the tree while it walks. */
        List<String> startingWith(String prefix) {
            return List.copyOf(
                    nodes.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
        }

        boolean isDirectory(String path) {
            return path.isEmpty() || (nodes.containsKey(path) && nodes.get(path).isEmpty());
        }

        Optional<MemoryFile> file(String path) {
            Optional<MemoryFile> node = nodes.get(path);
            return node == null ? Optional.empty() : node;
        }
    }

    /**
     * Closes this storage as a killed process would, and returns a new one with the same content. Files that are still
     * open here refuse every operation from now on, so nothing of the past can write into the present.
     */
    public MemoryStorage reopen() {
        close();
        return new MemoryStorage(tree);
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        StoragePath.checkFile(path);
        synchronized (tree) {
            checkOpen();
            Optional<MemoryFile> file = tree.file(path);
            if (file.isEmpty()) {
                if (mode != OpenMode.READ_WRITE
                        || tree.isDirectory(path)
                        || !tree.isDirectory(StoragePath.parent(path))) {
                    throw new StorageException(path, "cannot open: no such file or directory");
                }
                file = Optional.of(new MemoryFile());
                tree.nodes.put(path, file);
            }
            return new Handle(path, file.get());
        }
    }

    @Override
    public boolean exists(String path) {
        StoragePath.check(path);
        synchronized (tree) {
            checkOpen();
            return path.isEmpty() || tree.nodes.containsKey(path);
        }
    }

    @Override
    public List<String> list(String directory) {
        StoragePath.check(directory);
        synchronized (tree) {
            checkOpen();
            if (!tree.isDirectory(directory)) {
                throw new StorageException(directory, "cannot list: no such directory");
            }
            String prefix = directory.isEmpty() ? "" : directory + "/";
            return tree.startingWith(prefix).stream()
                    .filter(path -> path.indexOf('/', prefix.length()) < 0)
                    .map(path -> path.substring(prefix.length()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void delete(String path) {
        StoragePath.checkFile(path);
        synchronized (tree) {
            checkOpen();
            if (tree.isDirectory(path) && !list(path).isEmpty()) {
                throw new StorageException(path, "cannot delete: the directory is not empty");
            }
            tree.nodes.remove(path);
        }
    }

    @Override
    public void rename(String from, String to) {
        StoragePath.checkFile(from);
        StoragePath.checkFile(to);
        synchronized (tree) {
            checkOpen();
            if (!tree.nodes.containsKey(from) || !tree.isDirectory(StoragePath.parent(to))) {
                throw new StorageException(from, "cannot rename to " + to + ": no such file or directory");
            }
            if (tree.isDirectory(to)) {
                throw new StorageException(from, "cannot rename to the directory " + to + ", which exists");
            }
            if (tree.isDirectory(from) && tree.nodes.containsKey(to)) {
                throw new StorageException(from, "cannot rename the directory to " + to + ": a file is in the way");
            }
            for (String path : pathsAtOrUnder(from)) {
                Optional<MemoryFile> node = tree.nodes.remove(path);
                if (node != null) {
                    tree.nodes.put(to + path.substring(from.length()), node);
                }
            }
        }
    }

    @Override
    public void createDirectories(String directory) {
        StoragePath.check(directory);
        synchronized (tree) {
            checkOpen();
            for (String path = directory; !path.isEmpty(); path = StoragePath.parent(path)) {
                if (tree.file(path).isPresent()) {
                    throw new StorageException(
                            path, "cannot create the directory: a file with this name is in the way");
                }
                tree.nodes.put(path, Optional.empty());
            }
        }
    }

    @Override
    public void deleteDirectory(String directory) {
        StoragePath.checkFile(directory);
        synchronized (tree) {
            checkOpen();
            pathsAtOrUnder(directory).forEach(tree.nodes::remove);
        }
    }

    private List<String> pathsAtOrUnder(String top) {
        return tree.startingWith(top).stream()
                .filter(path -> path.length() == top.length() || path.charAt(top.length()) == '/')
                .toList();
    }

    @Override
    public long size(String path) {
        StoragePath.checkFile(path);
        synchronized (tree) {
            checkOpen();
            return tree.file(path)
                    .orElseThrow(() -> new StorageException(path, "cannot read the size: no such file"))
                    .size();
        }
    }

    @Override
    public void forceDirectory(String directory) {
        StoragePath.check(directory);
        synchronized (tree) {
            checkOpen();
            if (!tree.isDirectory(directory)) {
                throw new StorageException(directory, "cannot force the directory: no such directory");
            }
        }
    }

    @Override
    public void lock() {
        synchronized (tree) {
            checkOpen();
            if (tree.locked) {
                throw new LogLockedException(toString(), ProcessHandle.current().pid());
            }
            tree.locked = true;
            holdsLock = true;
        }
    }

    @Override
    public Optional<Path> directory() {
        return Optional.empty();
    }

    @Override
    public void close() {
        synchronized (tree) {
            closed = true;
            if (holdsLock) {
                holdsLock = false;
                tree.locked = false;
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new LogClosedException(toString());
        }
    }

    @Override
    public String toString() {
        return "(in memory)";
    }

    /** One opening of a file. */
    private final class Handle implements StorageFile {
        private final String path;
        private final MemoryFile file;
        private volatile boolean handleClosed;

        Handle(String path, MemoryFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            checkUsable();
            file.write(source, position);
        }

        @Override
        public int read(ByteBuffer target, long position) {
            checkUsable();
            return file.read(target, position);
        }

        @Override
        public long size() {
            checkUsable();
            return file.size();
        }

        @Override
        public void truncate(long size) {
            checkUsable();
            file.truncate(size);
        }

        @Override
        public void force() {
            checkUsable();
        }

        @Override
        public void close() {
            handleClosed = true;
        }

        private void checkUsable() {
            if (handleClosed || closed) {
                throw new StorageException(path, "the file is closed");
            }
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
