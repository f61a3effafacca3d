import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.*;

/** Driver of Kafka's own Java client; see driver-kit.mjs for the tasks and the record file. */
public class Driver {
  static Map<String, String> task = new HashMap<>();
  static volatile boolean stopped = false;
  static final Thread mainThread = Thread.currentThread();

  public static void main(String[] args) throws Exception {
    Matcher field = Pattern.compile("\"(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+))").matcher(args[0]);
    while (field.find()) task.put(field.group(1), field.group(2) != null ? field.group(2) : field.group(3));
    sun.misc.Signal.handle(new sun.misc.Signal("TERM"), s -> stopped = true);
    try {
      String result;
      switch (task.get("op")) {
        case "create": result = create(); break;
        case "produce": result = produce(); break;
        case "produceStream": result = produceStream(); break;
        case "consume": result = consume(false); break;
        case "consumeGroup": result = consume(true); break;
        default: emit("\"event\":\"skipped\",\"reason\":\"no such task\""); return;
      }
      emit("\"event\":\"done\"," + result);
      System.exit(0);
    } catch (Throwable error) {
      emit("\"event\":\"failed\",\"error\":" + quote(error.toString()));
      error.printStackTrace();
      System.exit(1);
    }
  }

  static synchronized void emit(String fields) {
    System.out.println("{" + fields + "}");
    System.out.flush();
  }

  static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "'").replace("\n", " ") + "\"";
  }

  static Map<String, Object> shared() {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", task.get("bootstrap"));
    config.put("client.id", "conformance-java");
    return config;
  }

  static String create() throws Exception {
    try (Admin admin = Admin.create(shared())) {
      admin.createTopics(List.of(new NewTopic(task.get("topic"), Integer.parseInt(task.get("partitions")),
          Short.parseShort(task.get("replicationFactor"))))).all().get();
    }
    return "\"ok\":true";
  }

  static final Pattern line = Pattern.compile("\"k\":(null|\"[^\"]*\"),\"v\":(null|\"[^\"]*\"),\"h\":\\[(.*)\\],\"p\":(\\d+)");
  static final Pattern header = Pattern.compile("\\[\"([^\"]*)\",(null|\"[^\"]*\")\\]");

  static byte[] bytes(String text) {
    return text.equals("null") ? null : Base64.getDecoder().decode(text.substring(1, text.length() - 1));
  }

  static String text(byte[] data) {
    return data == null ? "null" : "\"" + Base64.getEncoder().encodeToString(data) + "\"";
  }

  static KafkaProducer<byte[], byte[]> producer(Map<String, Object> own) {
    Map<String, Object> config = shared();
    config.put("max.request.size", 4_000_000);
    config.put("delivery.timeout.ms", 120_000);
    config.putAll(own);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static String produce() throws Exception {
    String acks = task.getOrDefault("acks", "-1");
    try (KafkaProducer<byte[], byte[]> producer =
        producer(Map.of("compression.type", task.getOrDefault("codec", "none"), "acks", acks.equals("-1") ? "all" : acks, "linger.ms", 20))) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (String text : Files.readAllLines(Path.of(task.get("file")))) {
        Matcher m = line.matcher(text);
        if (!m.find()) continue;
        List<Header> headers = new ArrayList<>();
        Matcher h = header.matcher(m.group(3));
        while (h.find()) headers.add(new RecordHeader(h.group(1), bytes(h.group(2))));
        sent.add(producer.send(new ProducerRecord<>(task.get("topic"), Integer.parseInt(m.group(4)), bytes(m.group(1)), bytes(m.group(2)), headers)));
      }
      for (Future<RecordMetadata> future : sent) future.get();
      return "\"acked\":" + sent.size();
    }
  }

  static String produceStream() throws Exception {
    AtomicInteger acked = new AtomicInteger();
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(task.get("out")));
        KafkaProducer<byte[], byte[]> producer = producer(Map.of("enable.idempotence", true, "linger.ms", 2))) {
      for (int i = 0; !stopped; i++) {
        String value = task.get("prefix") + "-" + i;
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(task.get("topic"), data, data), (metadata, error) -> {
          if (error != null) {
            emit("\"event\":\"retry\",\"error\":" + quote(error.toString()));
            return;
          }
          synchronized (out) {
            try {
              out.write(value + "\n");
              out.flush();
            } catch (java.io.IOException e) {
              throw new RuntimeException(e);
            }
          }
          acked.incrementAndGet();
        });
        Thread.sleep(3);
      }
      producer.flush();
    }
    return "\"acked\":" + acked.get();
  }

  static String consume(boolean group) throws Exception {
    Map<String, Object> config = shared();
    config.put("auto.offset.reset", "earliest");
    config.put("session.timeout.ms", 10_000);
    config.put("heartbeat.interval.ms", 500);
    config.put("auto.commit.interval.ms", 200);
    config.put("enable.auto.commit", group);
    if (group) config.put("group.id", task.get("group"));
    String topic = task.get("topic");
    int count = Integer.parseInt(task.getOrDefault("count", "-1"));
    long idleMs = Long.parseLong(task.getOrDefault("idleMs", "30000"));
    int got = 0;
    String why = null;
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        BufferedWriter out = Files.newBufferedWriter(Path.of(task.get("out")))) {
      if (group) {
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            List<String> ids = new ArrayList<>();
            for (TopicPartition p : consumer.assignment()) ids.add("" + p.partition());
            emit("\"event\":\"assigned\",\"partitions\":[" + String.join(",", ids) + "]");
          }
        });
      } else {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
      }
      long last = System.nanoTime();
      while (why == null) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        for (ConsumerRecord<byte[], byte[]> r : records) {
          List<String> headers = new ArrayList<>();
          for (Header h : r.headers()) headers.add("[\"" + h.key() + "\"," + text(h.value()) + "]");
          out.write("{\"k\":" + text(r.key()) + ",\"v\":" + text(r.value()) + ",\"h\":[" + String.join(",", headers) + "],\"p\":" + r.partition() + ",\"o\":" + r.offset() + "}\n");
          if (++got % 1000 == 0) emit("\"event\":\"progress\",\"count\":" + got);
        }
        if (!records.isEmpty()) last = System.nanoTime();
        if (stopped) why = "stopped";
        else if (count >= 0 && got >= count) why = "count";
        else if ((System.nanoTime() - last) / 1_000_000 > idleMs) why = "idle";
      }
    }
    return "\"count\":" + got + ",\"why\":\"" + why + "\"";
  }
}
