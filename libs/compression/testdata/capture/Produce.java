import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** java -cp kafka-clients.jar:... Produce.java PORT CODEC: sends the five records of the captures. */
public class Produce {
    public static void main(String[] args) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", "127.0.0.1:" + args[0], "compression.type", args[1],
            "linger.ms", 300, "enable.metrics.push", false);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            String[][] records = {{"a", "first"}, {null, "no key"}, {"gone", null}, {"ě", "moldau ".repeat(2000)}, {"e", "last"}};
            for (String[] r : records) {
                var record = new ProducerRecord<>("capture", 0, bytes(r[0]), bytes(r[1]));
                record.headers().add("h", bytes("1"));
                producer.send(record);
            }
            producer.flush();
        }
    }

    static byte[] bytes(String s) {
        return s == null ? null : s.getBytes(StandardCharsets.UTF_8);
    }
}
