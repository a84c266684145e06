package io.tailrace.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogDumpTest {
    private static final String ZIPPED = "zipped-1/00000000000000000000.log";
    private static final String FIRST = "plain-0/00000000000000000000";

    private final MemoryStorage storage = SmallLog.create();
    private final LogDump dump = new LogDump(storage);

    @Test
    void shouldListTheFilesOfEachPartition() {
        assertThat(dump.files().get(SmallLog.GZIP)).contains(ZIPPED);
        assertThat(dump.files().get(SmallLog.PLAIN)).contains(FIRST + ".log", FIRST + ".index", FIRST + ".timeindex");
    }

    @Test
    void shouldShowBatchesAndTheirRecords() {
        Lines lines = new Lines(true);
        dump.log(ZIPPED, lines);
        assertThat(lines.batches)
                .extracting(BatchInfo::baseOffset, BatchInfo::count, BatchInfo::codec, BatchInfo::producerId)
                .hasSize(3)
                .first()
                .satisfies(batch -> assertThat(batch.toList()).startsWith(0L, 1));
        assertThat(lines.batches.get(2).codec()).isEqualTo("gzip");
        assertThat(lines.records).containsExactly("0 key-0", "1 key-1", "2 key-1", "3 key-2", "4 key-2", "5 key-2");
    }

    @Test
    void shouldShowDamageBetweenBatches() {
        Lines before = new Lines(false);
        dump.log(FIRST + ".log", before);
        SmallLog.flip(storage, FIRST + ".log", before.batches.get(1).position() + 61, 1);
        Lines after = new Lines(false);
        dump.log(FIRST + ".log", after);
        assertThat(after.batches).hasSize(before.batches.size() - 1);
        assertThat(after.records).isEmpty();
        assertThat(after.damage).singleElement().satisfies(finding -> assertThat(finding.position())
                .isEqualTo(before.batches.get(1).position()));
    }

    @Test
    void shouldShowTheEntriesOfIndexes() {
        Lines lines = new Lines(false);
        dump.log(FIRST + ".log", lines);
        List<OffsetEntry> entries = dump.offsetIndex(FIRST + ".index");
        assertThat(entries).isNotEmpty().allSatisfy(entry -> assertThat(lines.batches)
                .anyMatch(batch -> batch.position() == entry.position() && batch.lastOffset() == entry.lastOffset()));
        List<TimeEntry> times = dump.timeIndex(FIRST + ".timeindex");
        BatchInfo last = lines.batches.get(lines.batches.size() - 1);
        assertThat(times.get(times.size() - 1)).isEqualTo(new TimeEntry(last.maxTimestamp(), last.lastOffset()));
    }

    @Test
    void shouldRefuseAFileWithoutABaseOffset() {
        assertThatThrownBy(() -> dump.log("topics.json", new Lines(false)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("expected a name such as flights-0/00000000000000000000.log");
    }

    private static final class Lines implements BatchVisitor {
        private final boolean wantsRecords;
        private final List<BatchInfo> batches = new ArrayList<>();
        private final List<String> records = new ArrayList<>();
        private final List<Finding> damage = new ArrayList<>();

        Lines(boolean wantsRecords) {
            this.wantsRecords = wantsRecords;
        }

        @Override
        public boolean onBatch(BatchInfo batch, RecordBatch stored) {
            batches.add(batch);
            return wantsRecords;
        }

        @Override
        public void onRecord(BatchInfo batch, RecordCursor record) {
            records.add(record.offset() + " " + new String(record.key(), StandardCharsets.UTF_8));
        }

        @Override
        public void onDamage(Finding finding) {
            damage.add(finding);
        }
    }
}
