package io.tailrace.log.storage;

/**
 * One operation that a {@link SimulatedDisk} has seen. Files and directories are known by a number that stays when they are
 * renamed, as an inode does; the root is {@link #ROOT}.
 */
sealed interface DiskOperation {
    int ROOT = 0;

    /** Bytes were written into a file. */
    final class Write implements DiskOperation {
        private final int file;
        private final long position;
        private final byte[] bytes;

        Write(int file, long position, byte[] bytes) {
            this.file = file;
            this.position = position;
            this.bytes = bytes;
        }

        @Override
        public int file() {
            return file;
        }

        long position() {
            return position;
        }

        /** Not a copy. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "write " + bytes.length + " bytes at " + position + " of #" + file;
        }
    }

    /** A file was cut. */
    record Truncate(int file, long size) implements DiskOperation {}

    /** Everything written into a file so far is on the device. */
    record Force(int file) implements DiskOperation {}

    /** A name was made for a new file or directory. */
    record Create(int directory, String name, int node, boolean isDirectory) implements DiskOperation {}

    /** A name was removed. */
    record Remove(int directory, String name, int node) implements DiskOperation {}

    /** A file or directory got another name, and what had it before lost it. */
    record Move(int from, String name, int to, String newName, int node) implements DiskOperation {}

    /** All names made, changed and removed in a directory so far are on the device. */
    record ForceDirectory(int directory) implements DiskOperation {}

    /** A force of a file failed: what came before cannot be forced any more. */
    record ForceFailed(int file) implements DiskOperation {}

    /** The file whose bytes or size change, -1 when it is about names. */
    default int file() {
        return this instanceof Truncate truncate ? truncate.file : -1;
    }

    /** The directory whose force brings this to the device, -1 when it is about bytes. */
    default int directory() {
        if (this instanceof Create create) {
            return create.directory;
        }
        if (this instanceof Remove remove) {
            return remove.directory;
        }
        return this instanceof Move move ? move.to : -1;
    }
}
