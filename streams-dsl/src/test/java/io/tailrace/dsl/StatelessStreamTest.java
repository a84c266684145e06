package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.header.RecordHeaders;
import io.tailrace.kstream.Branched;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Printed;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.api.Record;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatelessStreamTest {
    private final StreamsBuilder builder = new StreamsBuilder();
    private final KStream<String, String> in = builder.stream("in");

    /** What comes out for three records: a=apple@1, b=beet@2, and one without key and value at 3. */
    private List<String> outputs() {
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "apple", 1);
            runner.send("in", "b", "beet", 2);
            runner.send("in", null, null, 3);
            return runner.texts("out");
        }
    }

    @Test
    void shouldKeepWhatPassesAFilter() {
        in.filter((key, value) -> "a".equals(key)).to("out");
        assertThat(outputs()).containsExactly("a=apple@1");
    }

    @Test
    void shouldDropWhatPassesANegatedFilter() {
        in.filterNot((key, value) -> "a".equals(key)).to("out");
        assertThat(outputs()).containsExactly("b=beet@2", "null=null@3");
    }

    @Test
    void shouldMapKeysAndValues() {
        in.map((key, value) -> KeyValue.pair(value, key)).to("out");
        assertThat(outputs()).containsExactly("apple=a@1", "beet=b@2", "null=null@3");
    }

    @Test
    void shouldMapValuesWithAndWithoutTheKey() {
        in.mapValues(value -> value + "!")
                .mapValues((key, value) -> key + value)
                .to("out");
        assertThat(outputs()).containsExactly("a=aapple!@1", "b=bbeet!@2", "null=nullnull!@3");
    }

    @Test
    void shouldSelectKeys() {
        in.selectKey((key, value) -> value == null ? 0 : value.length()).to("out");
        assertThat(outputs()).containsExactly("5=apple@1", "4=beet@2", "0=null@3");
    }

    @Test
    void shouldMakeManyRecordsOfOneInOrder() {
        in.flatMap((key, value) ->
                        value == null ? List.of() : List.of(KeyValue.pair(1, value), KeyValue.pair(2, value)))
                .to("out");
        assertThat(outputs()).containsExactly("1=apple@1", "2=apple@1", "1=beet@2", "2=beet@2");
    }

    @Test
    void shouldMakeManyValuesOfOneUnderItsKey() {
        in.flatMapValues(value -> value == null ? List.<String>of() : List.of(value.split("e")))
                .flatMapValues((key, value) -> List.of(key, value))
                .to("out");
        assertThat(outputs()).containsExactly("a=a@1", "a=appl@1", "b=b@2", "b=b@2", "b=b@2", "b=@2", "b=b@2", "b=t@2");
    }

    @Test
    void shouldNameTheFunctionThatReturnedNull() {
        in.map((key, value) -> null).to("out");
        assertThatThrownBy(this::outputs)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("map returned null");
    }

    @Test
    void shouldPeekAndPassOn() {
        List<String> seen = new ArrayList<>();
        in.peek((key, value) -> seen.add(key + ":" + value)).to("out");
        assertThat(outputs()).hasSize(3);
        assertThat(seen).containsExactly("a:apple", "b:beet", "null:null");
    }

    @Test
    void shouldActOnEachRecordAtTheEnd() {
        List<String> seen = new ArrayList<>();
        in.foreach((key, value) -> seen.add(key + ":" + value), Named.as("watch"));
        assertThat(outputs()).isEmpty();
        assertThat(seen).containsExactly("a:apple", "b:beet", "null:null");
    }

    @Test
    void shouldMergeStreams() {
        in.filter((key, value) -> key == null)
                .merge(in.filter((key, value) -> key != null))
                .to("out");
        assertThat(outputs()).containsExactlyInAnyOrder("a=apple@1", "b=beet@2", "null=null@3");
    }

    @Test
    void shouldSendARecordToTheFirstBranchThatTakesIt() {
        Map<String, KStream<String, String>> branches = in.split(Named.as("split-"))
                .branch((key, value) -> key != null, Branched.as("keyed"))
                .branch((key, value) -> "a".equals(key), Branched.as("never"))
                .defaultBranch(Branched.as("rest"));
        branches.forEach((name, branch) ->
                branch.mapValues((key, value) -> name + " " + value).to("out"));
        assertThat(outputs())
                .containsExactly("a=split-keyed apple@1", "b=split-keyed beet@2", "null=split-rest null@3");
    }

    @Test
    void shouldDropWhatNoBranchTakesWithoutADefault() {
        in.split()
                .branch((key, value) -> "b".equals(key), Branched.withConsumer(branch -> branch.to("out")))
                .noDefaultBranch();
        assertThat(outputs()).containsExactly("b=beet@2");
    }

    @Test
    void shouldReturnOnlyBranchesThatAreNotConsumed() {
        Map<String, KStream<String, String>> branches = in.split(Named.as("s-"))
                .branch((key, value) -> true, Branched.withConsumer(branch -> branch.to("out"), "consumed"))
                .branch((key, value) -> true, Branched.withFunction(branch -> null, "gone"))
                .branch((key, value) -> true, Branched.withFunction(branch -> branch.mapValues(v -> v), "kept"))
                .defaultBranch();
        assertThat(branches).containsOnlyKeys("s-kept", "s-0");
    }

    @Test
    void shouldChooseTheTopicPerRecord() {
        in.filter((key, value) -> key != null).to((key, value, context) -> "b".equals(key) ? "out" : "elsewhere");
        assertThat(outputs()).containsExactly("b=beet@2");
    }

    @Test
    void shouldKeepHeadersAndTimestamps() {
        in.mapValues(value -> value + "!").selectKey((key, value) -> 1).to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 7, new RecordHeaders().add("h", new byte[] {1}));
            Record<Object, Object> record = runner.read("out").get(0);
            assertThat(record.timestamp()).isEqualTo(7);
            assertThat(record.headers().lastHeader("h")).isNotNull();
        }
    }

    @Test
    void shouldPrintALinePerRecordIntoAFile(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("printed.txt");
        Files.writeString(file, "from an earlier run");
        in.print(Printed.<String, String>toFile(file.toString()).withLabel("fruit"));
        in.print(Printed.<String, String>toFile(file.toString())
                .withKeyValueMapper((key, value) -> key + " is ü " + value));
        assertThat(outputs()).isEmpty();
        assertThat(Files.readAllLines(file, StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        "[fruit]: a, apple",
                        "[fruit]: b, beet",
                        "[fruit]: null, null",
                        "[KSTREAM-SOURCE-0000000000]: a is ü apple",
                        "[KSTREAM-SOURCE-0000000000]: b is ü beet",
                        "[KSTREAM-SOURCE-0000000000]: null is ü null");
    }
}
