package io.tailrace.ported;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.dsl.TopologyRunner;
import io.tailrace.topology.RepartitionTopic;
import org.junit.jupiter.api.Test;

class PortedProgramTest {
    @Test
    void shouldBuildAProgramWrittenForKafkaStreams() {
        assertThat(PageViewRegions.topology().graph().repartitionTopics())
                .extracting(RepartitionTopic::name)
                .containsExactlyInAnyOrder(
                        "by-region-repartition",
                        "KSTREAM-AGGREGATE-STATE-STORE-0000000019-repartition",
                        "views-repartition");
    }

    @Test
    void shouldRunIt() {
        try (TopologyRunner runner = new TopologyRunner(PageViewRegions.topology())) {
            runner.send("user-regions", "ann", "EU", 0);
            runner.send("pages", "/Home", "home sweet home", 0);
            runner.send("page-views", "ann", "/Home", 60_000);
            runner.send("page-views", "bob", "/admin/x", 61_000);
            assertThat(runner.texts("region-counts"))
                    .containsExactly(
                            "[EU@0/300000]=1@60000",
                            "[EU@60000/360000]=1@60000",
                            "[UNKNOWN@0/300000]=1@61000",
                            "[UNKNOWN@60000/360000]=1@61000");
            assertThat(runner.texts("frequent-words")).containsExactly("home=2@60000");
            assertThat(runner.texts("first-seen")).containsExactly("ann=60000@60000");
            assertThat(runner.texts("audit")).containsExactly("bob=/admin/x@61000");
        }
    }
}
