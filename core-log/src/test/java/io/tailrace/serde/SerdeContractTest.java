package io.tailrace.serde;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.common.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Group;

/** The contract of a serde, for every serde. */
@SuppressWarnings("ClassCanBeStatic") // jqwik runs a group only if it is an inner class
class SerdeContractTest {
    record Flight(String origin, int delay, double distance) {}

    @SuppressWarnings({"unchecked", "NonApiType"}) // class literals have no type parameters; the class is the argument
    private static <T> Class<ArrayList<T>> arrayList() {
        return (Class<ArrayList<T>>) (Class<?>) ArrayList.class;
    }

    @Group
    class Booleans extends SerdeContract<Boolean> {
        @Override
        Serde<Boolean> serde() {
            return Serdes.Boolean();
        }

        @Override
        Arbitrary<Boolean> values() {
            return Arbitraries.of(true, false);
        }
    }

    @Group
    class Shorts extends SerdeContract<Short> {
        @Override
        Serde<Short> serde() {
            return Serdes.Short();
        }

        @Override
        Arbitrary<Short> values() {
            return Arbitraries.shorts();
        }
    }

    @Group
    class Integers extends SerdeContract<Integer> {
        @Override
        Serde<Integer> serde() {
            return Serdes.Integer();
        }

        @Override
        Arbitrary<Integer> values() {
            return Arbitraries.integers();
        }
    }

    @Group
    class Longs extends SerdeContract<Long> {
        @Override
        Serde<Long> serde() {
            return Serdes.Long();
        }

        @Override
        Arbitrary<Long> values() {
            return Arbitraries.longs();
        }
    }

    @Group
    class Floats extends SerdeContract<Float> {
        @Override
        Serde<Float> serde() {
            return Serdes.Float();
        }

        @Override
        Arbitrary<Float> values() {
            return Arbitraries.floats();
        }
    }

    @Group
    class Doubles extends SerdeContract<Double> {
        @Override
        Serde<Double> serde() {
            return Serdes.Double();
        }

        @Override
        Arbitrary<Double> values() {
            return Arbitraries.doubles();
        }
    }

    @Group
    class Strings extends SerdeContract<String> {
        @Override
        Serde<String> serde() {
            return Serdes.String();
        }

        @Override
        Arbitrary<String> values() {
            return Arbitraries.strings().filter(s -> UTF_8.newEncoder().canEncode(s));
        }
    }

    @Group
    class ByteArrays extends SerdeContract<byte[]> {
        @Override
        Serde<byte[]> serde() {
            return Serdes.ByteArray();
        }

        @Override
        Arbitrary<byte[]> values() {
            return Arbitraries.bytes().array(byte[].class);
        }
    }

    @Group
    class ByteStrings extends SerdeContract<Bytes> {
        @Override
        Serde<Bytes> serde() {
            return Serdes.Bytes();
        }

        @Override
        Arbitrary<Bytes> values() {
            return Arbitraries.bytes().array(byte[].class).map(Bytes::wrap);
        }
    }

    @Group
    class ByteBuffers extends SerdeContract<ByteBuffer> {
        @Override
        Serde<ByteBuffer> serde() {
            return Serdes.ByteBuffer();
        }

        @Override
        Arbitrary<ByteBuffer> values() {
            return Arbitraries.bytes().array(byte[].class).map(ByteBuffer::wrap);
        }
    }

    @Group
    class Uuids extends SerdeContract<UUID> {
        @Override
        Serde<UUID> serde() {
            return Serdes.UUID();
        }

        @Override
        Arbitrary<UUID> values() {
            return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
        }
    }

    @Group
    class ListsOfLongs extends SerdeContract<List<Long>> {
        @Override
        Serde<List<Long>> serde() {
            return new Serdes.ListSerde<>(arrayList(), Serdes.Long());
        }

        @Override
        Arbitrary<List<Long>> values() {
            return Arbitraries.longs().injectNull(0.2).list();
        }
    }

    @Group
    class ListsOfStrings extends SerdeContract<List<String>> {
        @Override
        Serde<List<String>> serde() {
            return new Serdes.ListSerde<>(arrayList(), Serdes.String());
        }

        @Override
        Arbitrary<List<String>> values() {
            return Arbitraries.strings().alpha().injectNull(0.2).list();
        }
    }

    @Group
    class JsonRecords extends SerdeContract<Flight> {
        @Override
        Serde<Flight> serde() {
            return JsonSerde.of(Flight.class);
        }

        @Override
        Arbitrary<Flight> values() {
            return Combinators.combine(Arbitraries.strings().alpha(), Arbitraries.integers(), Arbitraries.doubles())
                    .as(Flight::new);
        }
    }
}
