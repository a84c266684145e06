package io.tailrace.systemtests.parity;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Has each record carry the names of the processors on its way as headers. */
public final class KafkaWrapper implements ProcessorWrapper {
    /** What makes Kafka Streams and Tailrace use it. */
    static Map<String, Object> configs() {
        return Map.of("processor.wrapper.class", KafkaWrapper.class);
    }

    @Override
    public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String processorName, ProcessorSupplier<KIn, VIn, KOut, VOut> processorSupplier) {
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<KIn, VIn, KOut, VOut> get() {
                return named(processorName, processorSupplier.get());
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return processorSupplier.stores();
            }
        };
    }

    private static <KIn, VIn, KOut, VOut> Processor<KIn, VIn, KOut, VOut> named(
            String processorName, Processor<KIn, VIn, KOut, VOut> inner) {
        return new Processor<>() {
            @Override
            public void init(ProcessorContext<KOut, VOut> context) {
                inner.init(context);
            }

            @Override
            public void process(Record<KIn, VIn> record) {
                inner.process(record.withHeaders(with(record.headers(), processorName)));
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    @Override
    public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String processorName, FixedKeyProcessorSupplier<KIn, VIn, VOut> processorSupplier) {
        return new WrappedFixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<KIn, VIn, VOut> get() {
                return namedFixedKey(processorName, processorSupplier.get());
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return processorSupplier.stores();
            }
        };
    }

    private static <KIn, VIn, VOut> FixedKeyProcessor<KIn, VIn, VOut> namedFixedKey(
            String processorName, FixedKeyProcessor<KIn, VIn, VOut> inner) {
        return new FixedKeyProcessor<>() {
            @Override
            public void init(FixedKeyProcessorContext<KIn, VOut> context) {
                inner.init(context);
            }

            @Override
            public void process(FixedKeyRecord<KIn, VIn> record) {
                inner.process(record.withHeaders(with(record.headers(), processorName)));
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private static Headers with(Headers headers, String processorName) {
        return new RecordHeaders(headers).add("by", processorName.getBytes(StandardCharsets.UTF_8));
    }
}
