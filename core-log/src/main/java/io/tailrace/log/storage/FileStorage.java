package io.tailrace.log.storage;

import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.LogLockedException;
import io.tailrace.common.errors.NotALogException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@link Storage} in a directory of the file system. */
public final class FileStorage implements Storage {
    /** Unless told otherwise. */
    public static final int MAX_OPEN_FILES = 1024;

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final Path root;
    private final OpenFiles openFiles;
    private @Nullable DirectoryLock lock; // guarded by this
    private volatile boolean closed;

    private FileStorage(Path root, OpenFiles openFiles) {
        this.root = root;
        this.openFiles = openFiles;
    }

    /** As {@link #open(Path, int, boolean)}, with at most {@value #MAX_OPEN_FILES} files open. */
    public static FileStorage open(Path directory) {
        return open(directory, MAX_OPEN_FILES, true);
    }

    /**
     * Opens a directory, which is made when it is missing.
     *
     * @param maxOpenFiles files that stay open while nobody uses them; others are opened again when they are used
     * @param keepUnforced whether files stay open, beyond that number, until what was written to them is forced. A failure of the
     *     device to write is then always told to the next force; otherwise the operating system may forget it
     * @throws NotALogException when the path is a file
     */
    public static FileStorage open(Path directory, int maxOpenFiles, boolean keepUnforced) {
        Path root = directory.toAbsolutePath().normalize();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new NotALogException(root.toString(), "a file");
        }
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw StorageFailure.of("create the directory", root, e);
        }
        return new FileStorage(root, new OpenFiles(maxOpenFiles, keepUnforced));
    }

    /**
     * Opens a directory that is there; makes nothing.
     *
     * @throws NotALogException when there is none
     */
    public static FileStorage openExisting(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw new NotALogException(root.toString(), Files.exists(root) ? "a file" : "nothing");
        }
        return new FileStorage(root, new OpenFiles(MAX_OPEN_FILES, /* keepUnforced */ true));
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        Path file = file(path);
        return FileStorageFile.open(file, mode, openFiles);
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(resolve(path));
    }

    @Override
    public List<String> list(String directory) {
        Path target = resolve(directory);
        boolean isRoot = target.equals(root);
        try (Stream<Path> children = Files.list(target)) {
            return children.map(child -> String.valueOf(child.getFileName()))
                    .filter(name -> !(isRoot && name.equals(DirectoryLock.FILE)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageFailure.of("list", target, e);
        }
    }

    @Override
    public void delete(String path) {
        Path file = file(path);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageFailure.of("delete", file, e);
        }
    }

    @Override
    public void rename(String from, String to) {
        Path source = file(from);
        Path target = file(to);
        try {
            // rename(2) would replace an empty directory; it replaces files only here, on every system.
            if (Files.isDirectory(target)) {
                throw new DirectoryNotEmptyException(target.toString());
            }
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (DirectoryNotEmptyException e) {
            throw StorageFailure.of("rename to the directory " + to + ", which exists", source, e);
        } catch (IOException e) {
            throw StorageFailure.of("rename to " + to, source, e);
        }
    }

    @Override
    public void createDirectories(String directory) {
        Path target = resolve(directory);
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw StorageFailure.of("create the directory", target, e);
        }
    }

    @Override
    public void deleteDirectory(String directory) {
        Path target = file(directory);
        try {
            Files.walkFileTree(target, new DeleteEverything());
        } catch (NoSuchFileException e) {
            if (Files.exists(target)) {
                throw StorageFailure.of("delete, something else changes it,", target, e);
            }
        } catch (IOException e) {
            throw StorageFailure.of("delete", target, e);
        }
    }

    @Override
    public long size(String path) {
        Path file = file(path);
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw StorageFailure.of("read the size", file, e);
        }
    }

    @Override
    public void forceDirectory(String directory) {
        Path target = resolve(directory);
        if (WINDOWS) {
            return; // a directory cannot be opened there, and NTFS journals names itself
        }
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw StorageFailure.of("force the directory", target, e);
        }
    }

    @Override
    public boolean link(String path, Storage target, String targetPath) {
        if (!(target instanceof FileStorage other)) {
            return false;
        }
        try {
            Files.createLink(other.file(targetPath), file(path));
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            return false; // another file system, or one without links: the caller copies, and hears of what is really
            // wrong
        }
    }

    @Override
    public synchronized void lock() {
        checkOpen();
        if (lock != null) {
            throw new LogLockedException(
                    root.toString(), ProcessHandle.current().pid());
        }
        lock = DirectoryLock.acquire(root);
    }

    /** How many files are open at the moment. */
    public int openFiles() {
        return openFiles.count();
    }

    @Override
    public Optional<Path> directory() {
        return Optional.of(root);
    }

    @Override
    public synchronized void close() {
        closed = true;
        DirectoryLock held = lock;
        lock = null;
        if (held != null) {
            held.release();
        }
    }

    private Path file(String path) {
        return resolve(StoragePath.checkFile(path));
    }

    private Path resolve(String path) {
        checkOpen();
        return root.resolve(StoragePath.check(path));
    }

    private void checkOpen() {
        if (closed) {
            throw new LogClosedException("storage " + root);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private static final class DeleteEverything extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
