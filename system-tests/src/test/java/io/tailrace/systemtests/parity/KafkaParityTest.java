package io.tailrace.systemtests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/** The same programs on Kafka Streams' test driver and, ported by rewriting imports, on ours: nothing must differ. */
class KafkaParityTest {
    private static final Driver KAFKA = new KafkaDriver();
    private static final Driver TAILRACE = ported();

    private static Driver ported() {
        try {
            return (Driver) PortedSources.compile(
                            KafkaPrograms.class,
                            KafkaStorePrograms.class,
                            KafkaFailures.class,
                            KafkaWrapper.class,
                            KafkaDriver.class)
                    .loadClass(KafkaDriver.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the programs cannot be ported", e);
        }
    }

    @Example
    void shouldDescribeTopologiesAlike() {
        for (String program : KAFKA.programs()) {
            String expected = KAFKA.run(program, List.of(), true).description();
            String found = TAILRACE.run(program, List.of(), true).description();
            assertThat(Descriptions.ordered(found)).as(program).isEqualTo(Descriptions.ordered(expected));
        }
    }

    @Property(tries = 1000)
    void shouldAnswerAndRememberAlike(@ForAll("runs") Tuple2<String, List<Step>> run, @ForAll boolean cached) {
        Outcome expected = KAFKA.run(run.get1(), run.get2(), cached);
        Outcome found = TAILRACE.run(run.get1(), run.get2(), cached);
        assertThat(found.records()).isEqualTo(expected.records());
        assertThat(found.stores())
                .isEqualTo(cached ? withoutExpiredWindows(expected.stores(), found.stores()) : expected.stores());
    }

    /** Kafka's cache still shows windows that have expired, and that are no longer in the store behind it. */
    private static Map<String, List<String>> withoutExpiredWindows(
            Map<String, List<String>> expected, Map<String, List<String>> found) {
        Map<String, List<String>> live = new TreeMap<>();
        expected.forEach((store, entries) -> live.put(
                store,
                entries.stream()
                        .filter(entry -> !entry.startsWith("[")
                                || found.getOrDefault(store, List.of()).contains(entry))
                        .toList()));
        return live;
    }

    @Provide
    Arbitrary<Tuple2<String, List<Step>>> runs() {
        return Arbitraries.of(KAFKA.programs())
                .flatMap(program ->
                        steps(KAFKA.inputs(program)).list().ofMaxSize(40).map(steps -> Tuple.of(program, steps)));
    }

    /** Few keys and values, so that they meet; times that mostly go forward and sometimes far back. */
    private static Arbitrary<Step> steps(List<String> topics) {
        Arbitrary<@Nullable String> keys = Arbitraries.of("a", "b", "c").injectNull(0.1);
        Arbitrary<@Nullable String> values =
                Arbitraries.of("1", "22", "x", "xy").injectNull(0.15);
        Arbitrary<Long> times = Arbitraries.longs().between(0, 60_000);
        Arbitrary<@Nullable String> headers = Arbitraries.of("h1", "h2").injectNull(0.5);
        Arbitrary<Step> records = Combinators.combine(Arbitraries.of(topics), keys, values, times, headers)
                .as(Step::new);
        Arbitrary<Step> moves =
                Arbitraries.longs().between(1, 8_000).map(byMs -> new Step(null, null, null, byMs, null));
        return Arbitraries.frequencyOf(Tuple.of(9, records), Tuple.of(1, moves));
    }
}
