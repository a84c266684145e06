package io.tailrace.systemtests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
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
            return (Driver) PortedSources.compile(KafkaPrograms.class, KafkaDriver.class)
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
            String expected = KAFKA.run(program, List.of()).description();
            String found = TAILRACE.run(program, List.of()).description();
            assertThat(Descriptions.ordered(found)).as(program).isEqualTo(Descriptions.ordered(expected));
        }
    }

    @Property(tries = 1000)
    void shouldAnswerAndRememberAlike(@ForAll("runs") Tuple2<String, List<Step>> run) {
        Outcome expected = KAFKA.run(run.get1(), run.get2());
        Outcome found = TAILRACE.run(run.get1(), run.get2());
        assertThat(found.records()).isEqualTo(expected.records());
        assertThat(found.stores()).isEqualTo(expected.stores());
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
