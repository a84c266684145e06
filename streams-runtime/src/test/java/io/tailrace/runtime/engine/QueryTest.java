package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.UnknownStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.query.FailureReason;
import io.tailrace.query.Position;
import io.tailrace.query.PositionBound;
import io.tailrace.query.Query;
import io.tailrace.query.QueryConfig;
import io.tailrace.query.QueryResult;
import io.tailrace.query.StateQueryRequest;
import io.tailrace.query.StateQueryResult;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.query.KeyQuery;
import io.tailrace.state.query.RangeQuery;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static StateQueryRequest<String> key(String key) {
        return StateQueryRequest.inStore("counts").withQuery(KeyQuery.withKey(key));
    }

    private static <R> QueryResult<R> only(StateQueryResult<R> result) {
        return Objects.requireNonNull(result.getOnlyPartitionResult());
    }

    @Test
    void shouldAnswerFromCommittedStateOnly() {
        try (Rig rig = new Rig(dir).topic("in", 2)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            assertThat(engine.queries().ask(key("a")).getOnlyPartitionResult()).isNull();
            rig.commit();
            assertThat(only(engine.queries().ask(key("a"))).getResult()).isEqualTo("1");
        }
    }

    @Test
    void shouldAskEveryPartitionOrThoseThatAreNamed() {
        try (Rig rig = new Rig(dir).topic("in", 3)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", 0, "a", "v", 1);
            rig.send("in", 2, "b", "v", 1);
            rig.run().commit();
            StateQueryRequest<KeyValueIterator<String, String>> all =
                    StateQueryRequest.inStore("counts").withQuery(RangeQuery.withNoBounds());
            Map<Integer, QueryResult<KeyValueIterator<String, String>>> answers =
                    engine.queries().ask(all).getPartitionResults();
            assertThat(answers).containsOnlyKeys(0, 1, 2);
            assertThat(Stream.of(0, 1, 2).map(p -> keys(Objects.requireNonNull(answers.get(p)))))
                    .containsExactly(List.of("a"), List.of(), List.of("b"));

            StateQueryResult<KeyValueIterator<String, String>> some =
                    engine.queries().ask(all.withPartitions(Set.of(2, 7)));
            assertThat(some.getPartitionResults()).containsOnlyKeys(2, 7);
            assertThat(keys(Objects.requireNonNull(some.getPartitionResults().get(2))))
                    .containsExactly("b");
            assertThat(Objects.requireNonNull(some.getPartitionResults().get(7)).getFailureReason())
                    .isEqualTo(FailureReason.DOES_NOT_EXIST);
        }
    }

    private static List<String> keys(QueryResult<KeyValueIterator<String, String>> result) {
        try (KeyValueIterator<String, String> entries = Objects.requireNonNull(result.getResult())) {
            List<KeyValue<String, String>> all = new ArrayList<>();
            entries.forEachRemaining(all::add);
            return all.stream().map(entry -> Objects.requireNonNull(entry.key)).toList();
        }
    }

    @Test
    void shouldLetAClientReadItsOwnWrites() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run().commit();
            rig.send("in", "a", "v", 2);
            StateQueryRequest<String> afterTheSecond = key("a").withPositionBound(
                            PositionBound.at(Position.emptyPosition().withComponent("in", 0, 1)));
            assertThat(only(engine.queries().ask(afterTheSecond)).getFailureReason())
                    .isEqualTo(FailureReason.NOT_UP_TO_BOUND);
            rig.run().commit();
            StateQueryResult<String> answer = engine.queries().ask(afterTheSecond);
            assertThat(only(answer).getResult()).isEqualTo("2");
            assertThat(answer.getPosition()).isEqualTo(Position.emptyPosition().withComponent("in", 0, 1));
        }
    }

    @Test
    void shouldKnowItsPositionAfterARestart() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.send("in", "a", "v", 2);
            rig.run().commit();
            rig.crash();
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.persistent("counts")));
            assertThat(engine.queries().ask(key("a")).getPosition())
                    .isEqualTo(Position.emptyPosition().withComponent("in", 0, 1));
        }
    }

    @Test
    void shouldSayWhyAPartitionCannotAnswer() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.workers.remove(0).close();
            assertThat(only(engine.queries().ask(key("a"))).getFailureReason()).isEqualTo(FailureReason.NOT_PRESENT);
            assertThat(only(engine.queries().ask(key("a").requireActive())).getFailureReason())
                    .isEqualTo(FailureReason.NOT_ACTIVE);
            assertThatThrownBy(() -> engine.queries()
                            .ask(StateQueryRequest.inStore("other").withQuery(KeyQuery.withKey("a"))))
                    .isInstanceOf(UnknownStateStoreException.class)
                    .hasMessageContaining("other")
                    .hasMessageContaining("counts");
        }
    }

    @Test
    void shouldTellHowAQueryWasAnsweredWhenAsked() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 1);
            rig.run().commit();
            assertThat(only(engine.queries().ask(key("a"))).getExecutionInfo()).isEmpty();
            assertThat(only(engine.queries().ask(key("a").enableExecutionInfo()))
                            .getExecutionInfo())
                    .hasSize(2)
                    .anySatisfy(line -> assertThat(line).contains("partition 0"))
                    .anySatisfy(line -> assertThat(line).contains(" ns"));
        }
    }

    @Test
    void shouldAskAGlobalStore() {
        Topology topology = Nodes.pipe(Nodes.forwarding())
                .addGlobalStore(
                        Nodes.inMemory("names").withLoggingDisabled(),
                        "names-source",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "names-in",
                        "names-keeper",
                        () -> new ContextualProcessor<String, String, Void, Void>() {
                            @Override
                            public void process(Record<String, String> record) {
                                KeyValueStore<String, String> store = context().getStateStore("names");
                                store.put(Objects.requireNonNull(record.key()), record.value());
                            }
                        });
        try (Rig rig = new Rig(dir).topic("in", 1).topic("names-in", 2)) {
            rig.send("names-in", 1, "a", "Anna", 1);
            StreamsEngine engine = rig.open(topology);
            StateQueryRequest<String> request =
                    StateQueryRequest.inStore("names").withQuery(KeyQuery.withKey("a"));
            StateQueryResult<String> answer = engine.queries().ask(request);
            assertThat(answer.getPartitionResults()).isEmpty();
            assertThat(Objects.requireNonNull(answer.getGlobalResult()).getResult())
                    .isEqualTo("Anna");
            assertThat(answer.getPosition())
                    .isEqualTo(Position.emptyPosition()
                            .withComponent("names-in", 0, -1)
                            .withComponent("names-in", 1, 0));
            assertThat(Objects.requireNonNull(engine.queries()
                                    .ask(request.withPositionBound(PositionBound.at(
                                            Position.emptyPosition().withComponent("names-in", 0, 0))))
                                    .getGlobalResult())
                            .getFailureReason())
                    .isEqualTo(FailureReason.NOT_UP_TO_BOUND);
        }
    }

    /** A query that no store of Tailrace knows. */
    private record HowMany() implements Query<Integer> {}

    private static final class AskedStore extends OwnStore {
        AskedStore() {
            super("own");
        }

        @Override
        @SuppressWarnings("unchecked") // it answers what it is asked
        public <R> QueryResult<R> query(Query<R> query, PositionBound positionBound, QueryConfig config) {
            if (query instanceof HowMany) {
                return (QueryResult<R>) QueryResult.forResult(42);
            }
            throw new IllegalStateException("told to fail");
        }
    }

    @Test
    void shouldPassQueriesToAStoreOfTheUser() {
        StoreBuilder<?> builder = new OwnStore.Builder<>("own", false, AskedStore::new);
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            StreamsEngine engine = rig.open(Nodes.pipe(Nodes.forwarding()).addStateStore(builder, "node"));
            StateQueryRequest.InStore own = StateQueryRequest.inStore("own");
            assertThat(only(engine.queries().ask(own.withQuery(new HowMany()))).getResult())
                    .isEqualTo(42);
            QueryResult<?> failed = only(engine.queries().ask(own.withQuery(KeyQuery.withKey("a"))));
            assertThat(failed.getFailureReason()).isEqualTo(FailureReason.STORE_EXCEPTION);
            assertThat(failed.getFailureMessage()).contains("told to fail");
        }
    }

    @Test
    void shouldNeverShowHalfACommitToOtherThreads() throws Exception {
        for (StoreBuilder<?> builder : List.of(Nodes.inMemory("counts"), Nodes.persistent("counts"))) {
            Topology topology = Nodes.pipe(Nodes.each((context, record) -> {
                        KeyValueStore<String, String> store = context.getStateStore("counts");
                        store.put("first", record.value());
                        store.put("last", record.value());
                    }))
                    .addStateStore(builder, "node");
            try (Rig rig =
                    new Rig(dir.resolve(builder.getClass().getSimpleName() + builder.hashCode())).topic("in", 1)) {
                StreamsEngine engine = rig.open(topology);
                AtomicBoolean done = new AtomicBoolean();
                ExecutorService readers = Executors.newFixedThreadPool(2);
                Callable<Integer> reader = () -> {
                    int reads = 0;
                    while (!done.get() || reads == 0) {
                        requireEqualValues(engine);
                        reads++;
                    }
                    return reads;
                };
                List<Future<Integer>> reading = List.of(readers.submit(reader), readers.submit(reader));
                for (int i = 0; i < 300; i++) {
                    rig.send("in", "k", Integer.toString(i), i);
                    rig.run().commit();
                }
                done.set(true);
                readers.shutdown();
                for (Future<Integer> future : reading) {
                    assertThat(future.get()).isPositive();
                }
            }
        }
    }

    private static void requireEqualValues(StreamsEngine engine) {
        QueryResult<KeyValueIterator<String, String>> answer = Objects.requireNonNull(engine.queries()
                .ask(StateQueryRequest.inStore("counts").withQuery(RangeQuery.<String, String>withNoBounds()))
                .getOnlyPartitionResult());
        try (KeyValueIterator<String, String> entries = Objects.requireNonNull(answer.getResult())) {
            if (entries.hasNext()) {
                assertThat(entries.next().value).isEqualTo(entries.next().value);
            }
        }
    }
}
