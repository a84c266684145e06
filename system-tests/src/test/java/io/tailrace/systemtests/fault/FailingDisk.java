package io.tailrace.systemtests.fault;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.ForwardingStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.PowerCut;
import io.tailrace.log.storage.SimulatedDisk;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;

/**
 * A simulated disk that fails at a chosen change, once or for good. <b>Threads:</b> any; changes are put into one order.
 */
final class FailingDisk extends ForwardingStorage {
    /** What happens at the chosen change. */
    enum Fault {
        /** It fails; those behind it do not. */
        ERROR,
        /** The process is killed: it and all behind it fail, and what was written stays. */
        KILL,
        /** As KILL, but of what was not forced anything may be lost. */
        POWER_CUT
    }

    private final SimulatedDisk disk;

    // guarded by this
    private Fault fault = Fault.ERROR;
    private long changes;
    private long failAt = Long.MAX_VALUE;

    FailingDisk(SimulatedDisk disk) {
        super(disk);
        this.disk = disk;
    }

    /** The change behind that many others fails. */
    synchronized void failAfter(long moreChanges, Fault newFault) {
        failAt = changes + moreChanges;
        fault = newFault;
    }

    synchronized boolean hasFailed() {
        return changes > failAt;
    }

    /** What the next process finds when nothing is lost; nothing of the past can write to it. */
    synchronized FailingDisk reopened() {
        return new FailingDisk(disk.reopen());
    }

    /** What may be left when the power was cut at the change that failed. */
    synchronized PowerCut powerCut(long seed) {
        return PowerCut.at(disk, disk.operationCount(), seed);
    }

    private synchronized void change(String path, Runnable action) {
        long change = changes++;
        if (change == failAt || (fault != Fault.ERROR && change > failAt)) {
            throw new StorageException(path, "the device has failed");
        }
        action.run();
    }

    @Override
    public synchronized StorageFile open(String path, OpenMode mode) {
        if (mode == OpenMode.READ || disk.exists(path)) {
            return new Handle(path, disk.open(path, mode));
        }
        StorageFile[] opened = new StorageFile[1];
        change(path, () -> opened[0] = disk.open(path, mode));
        return new Handle(path, opened[0]);
    }

    @Override
    public void delete(String path) {
        change(path, () -> disk.delete(path));
    }

    @Override
    public void rename(String from, String to) {
        change(from, () -> disk.rename(from, to));
    }

    @Override
    public void createDirectories(String directory) {
        change(directory, () -> disk.createDirectories(directory));
    }

    @Override
    public void deleteDirectory(String directory) {
        change(directory, () -> disk.deleteDirectory(directory));
    }

    @Override
    public void forceDirectory(String directory) {
        change(directory, () -> disk.forceDirectory(directory));
    }

    private final class Handle extends File {
        private final String path;

        Handle(String path, StorageFile file) {
            super(file);
            this.path = path;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            change(path, () -> file.write(source, position));
        }

        @Override
        public void truncate(long size) {
            change(path, () -> file.truncate(size));
        }

        @Override
        public void force() {
            change(path, file::force);
        }
    }
}
