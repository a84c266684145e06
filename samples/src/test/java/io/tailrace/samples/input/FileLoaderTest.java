package io.tailrace.samples.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.samples.Progress;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.StringDeserializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileLoaderTest {
    private static final String TOPIC = "lines";
    private static final String JOURNAL = "loads";
    private static final int PARTITIONS = 3;
    private static final int LINES = 20;
    private static final int LINES_PER_COMMIT = 4;

    private final ScannedFile file = scanned("a.csv", LINES);
    private EventLog log = EmbeddedLog.inMemory();

    @BeforeEach
    void createTopic() {
        SampleTopics.create(log, new NewTopic(TOPIC, PARTITIONS));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void shouldLoadEveryLineBelowTheHeaderOnce() {
        assertThat(load(file)).isEqualTo(LINES);
        assertLoadedOnce(file);
    }

    @Test
    void shouldKeepTheOrderOfTheLinesInEachPartition() {
        load(file);
        Map<Integer, List<Long>> lines = new HashMap<>();
        readAll().forEach(record -> lines.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                .add(LineSource.of(TOPIC, record.headers()).line()));
        assertThat(lines.values()).hasSizeGreaterThan(1).allSatisfy(each -> assertThat(each)
                .isSorted());
    }

    @Test
    void shouldNotLoadACompleteFileAgain() {
        load(file);
        assertThat(load(file)).isZero();
        assertLoadedOnce(file);
    }

    @Test
    void shouldNotLoadTheSameContentUnderAnotherNameAgain() {
        load(file);
        assertThat(load(scanned("copy-of-a.csv", LINES))).isZero();
    }

    @Test
    void shouldAppendAnotherFile() {
        load(file);
        ScannedFile other = scanned("b.csv", LINES + 5);
        assertThat(load(other)).isEqualTo(LINES + 5);
        assertLoadedOnce(file);
        assertLoadedOnce(other);
    }

    /** Killed when this many records were sent, for every number there is. */
    @ParameterizedTest
    @MethodSource("everyNumberOfRecords")
    void shouldFinishALoadThatWasKilledAtAnyRecord(int records) {
        crashAfter(records);
        int committed = records / LINES_PER_COMMIT * LINES_PER_COMMIT;
        assertThat(readAll()).hasSize(committed);
        assertThat(load(file)).isEqualTo(LINES - committed);
        assertLoadedOnce(file);
    }

    static IntStream everyNumberOfRecords() {
        return IntStream.range(0, LINES);
    }

    @Test
    void shouldFinishALoadThatWasKilledTwice() {
        crashAfter(5);
        crashAfter(5);
        assertThat(readAll()).hasSize(2 * LINES_PER_COMMIT);
        load(file);
        assertLoadedOnce(file);
    }

    @Test
    void shouldFinishASecondFileThatWasKilled() {
        load(file);
        ScannedFile other = scanned("b.csv", LINES + 5);
        crash(CrashingLog.after(log, 7), other);
        assertThat(load(other)).isEqualTo(LINES + 5 - LINES_PER_COMMIT);
        assertLoadedOnce(file);
        assertLoadedOnce(other);
    }

    @Test
    void shouldRefuseAnotherFileWhileALoadIsUnfinished() {
        crashAfter(5);
        assertThatThrownBy(() -> load(scanned("b.csv", 3)))
                .isInstanceOf(SampleException.class)
                .hasMessage("the load of a.csv into topic lines was interrupted; finish it first by running again with"
                        + " --input a.csv");
        load(file);
        assertThat(load(scanned("b.csv", 3))).isEqualTo(3);
    }

    @Test
    void shouldTellWhetherALoadIsFinished() {
        assertThat(loader().hasLoaded(TOPIC)).isFalse();
        crashAfter(5);
        assertThat(loader().hasLoaded(TOPIC)).isFalse();
        assertThatThrownBy(() -> loader().requireFinished(TOPIC)).isInstanceOf(SampleException.class);
        load(file);
        assertThat(loader().hasLoaded(TOPIC)).isTrue();
        loader().requireFinished(TOPIC);
    }

    @Test
    void shouldMarkALineThatWasCutWithItsLength() {
        int length = LineReader.MAX_LINE_BYTES * 3;
        load(Inputs.of("long.csv", "h\nshort\n" + "x".repeat(length) + "\n").scan("h"));
        assertThat(readAll())
                .extracting(record -> LineSource.lengthOf(bytes(record), record.headers()))
                .containsExactlyInAnyOrder(5L, (long) length);
    }

    @Test
    void shouldNoticeAFileThatWasChangedSinceItWasScanned() {
        ScannedFile changed =
                new ScannedFile(Inputs.of("a.csv", "h\nother\n"), true, file.id(), file.lines(), file.longestLine());
        assertThatThrownBy(() -> load(changed))
                .isInstanceOf(SampleException.class)
                .hasMessageContaining("was changed while it was loaded");
    }

    @Test
    void shouldReportEveryLineAsProgress() {
        List<Long> reached = new ArrayList<>();
        loader().load(file, new NumberFormat(), (verb, unit, total) -> {
            assertThat(total).isEqualTo(LINES);
            return reached::add;
        });
        assertThat(reached).hasSize(LINES).last().isEqualTo((long) LINES);
    }

    private FileLoader loader() {
        return new FileLoader(log, JOURNAL, LINES_PER_COMMIT);
    }

    private long load(ScannedFile input) {
        return loader().load(input, new NumberFormat(), Progress.SILENT);
    }

    private void crashAfter(int records) {
        crash(CrashingLog.after(log, records));
    }

    private void crash(EventLog crashing) {
        crash(crashing, file);
    }

    private static void crash(EventLog crashing, ScannedFile input) {
        assertThatThrownBy(() -> new FileLoader(crashing, JOURNAL, LINES_PER_COMMIT)
                        .load(input, new NumberFormat(), Progress.SILENT))
                .isInstanceOf(CrashingLog.Crash.class);
    }

    private void assertLoadedOnce(ScannedFile input) {
        List<Long> lines = readAll().stream()
                .map(record -> LineSource.of(TOPIC, record.headers()))
                .filter(source -> source.fileId() == input.id())
                .map(LineSource::line)
                .sorted()
                .toList();
        assertThat(lines)
                .isEqualTo(IntStream.rangeClosed(2, (int) input.lines() + 1)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    private List<ConsumerRecord<String, String>> readAll() {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        SampleTopics.read(log, TOPIC, new StringDeserializer(), new StringDeserializer(), records::add);
        return records;
    }

    private static byte[] bytes(ConsumerRecord<String, String> record) {
        String value = record.value();
        return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    }

    private static ScannedFile scanned(String name, int lines) {
        StringBuilder text = new StringBuilder("h\n");
        for (int line = 0; line < lines; line++) {
            text.append("line ").append(line).append('\n');
        }
        return Inputs.of(name, text.toString()).scan("h");
    }

    /** Spreads lines over the partitions by their number. */
    private static final class NumberFormat implements LineFormat {
        @Override
        public String topic() {
            return TOPIC;
        }

        @Override
        public String header() {
            return "h";
        }

        @Override
        public Entry entry(Line line) {
            return new Entry(Long.toString(line.number()), 0, line.bytes());
        }
    }
}
