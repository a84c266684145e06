package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code .snapshot} files of a partition: the state of its producers at some offsets, so that a restart reads only the batches
 * behind the newest. A snapshot that is missing or damaged costs time and nothing else.
 *
 * <p><b>Threads:</b> any.
 */
final class ProducerSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerSnapshots.class);
    /** The newest may be damaged. */
    private static final int KEPT = 2;

    private final Storage storage;
    private final String directory;
    private final TopicPartition topicPartition;
    private final List<Long> offsets = new ArrayList<>(); // of the files, ascending; guarded by this

    ProducerSnapshots(Storage storage, String directory, TopicPartition topicPartition) {
        this.storage = storage;
        this.directory = directory;
        this.topicPartition = topicPartition;
        for (String name : storage.list(directory)) { // sorted as the offsets are
            long offset = SegmentName.offset(name, SegmentName.SNAPSHOT);
            if (offset != SegmentName.NONE) {
                offsets.add(offset);
            }
        }
    }

    /** Of the files there are, the newest first; a copy. */
    synchronized List<Long> newestFirst() {
        List<Long> reversed = new ArrayList<>(offsets);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Whether the newest one is of that offset. */
    synchronized boolean isNewest(long offset) {
        return !offsets.isEmpty() && offsets.get(offsets.size() - 1) == offset;
    }

    /** The producers as of an offset; null, and the file is gone, when it does not hold them. */
    synchronized @Nullable ProducerSnapshot load(long offset) {
        try {
            return ProducerSnapshot.decode(topicPartition, storage.readAllBytes(path(offset)), offset);
        } catch (InvalidIndexException e) {
            LOG.warn("{} is deleted: {}", path(offset), e.getMessage());
            delete(offset);
            return null;
        }
    }

    /**
     * Deletes the snapshots behind the end of the log: what they tell of is not there any more, and something else will be. They
     * do not come back after a power loss.
     */
    synchronized void deleteBehind(long endOffset) {
        List<Long> behind =
                offsets.stream().filter(offset -> offset > endOffset).toList();
        if (!behind.isEmpty()) {
            LOG.warn("{}: snapshots {} are deleted, the log ends at offset {}", topicPartition, behind, endOffset);
            behind.forEach(this::delete);
            storage.forceDirectory(directory);
        }
    }

    /**
     * Stores the producers as of the end of the log, and deletes all snapshots but the newest two and the one that the last
     * segment can be read again from.
     *
     * @param endOffset log end offset
     */
    synchronized void store(ProducerSnapshot snapshot, long endOffset) {
        if (isNewest(endOffset)) {
            return;
        }
        try {
            storage.replace(path(endOffset), snapshot.encode(endOffset));
            offsets.add(endOffset);
            for (long offset : List.copyOf(offsets.subList(0, Math.max(0, offsets.size() - KEPT)))) {
                long next = offsets.get(offsets.indexOf(offset) + 1);
                if (offset > snapshot.lastBaseOffset() || next <= snapshot.lastBaseOffset()) {
                    delete(offset);
                }
            }
        } catch (StorageException e) {
            LOG.warn(
                    "{}: no snapshot at offset {}, opening takes longer: {}",
                    topicPartition,
                    endOffset,
                    e.getMessage());
        }
    }

    private void delete(Long offset) {
        storage.delete(path(offset));
        offsets.remove(offset);
    }

    private String path(long offset) {
        return directory + "/" + SegmentName.of(offset, SegmentName.SNAPSHOT);
    }
}
