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
        case "member": result = member(); break;
        case "transform": result = transform(); break;
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
        Thread.sleep(Long.parseLong(task.getOrDefault("pauseMs", "3")));
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
    config.put("isolation.level", task.getOrDefault("isolation", "read_uncommitted"));
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

  /** What a member was given, what was taken and what it read; see MemberLog in driver-kit.mjs. */
  static class MemberLog implements ConsumerRebalanceListener, AutoCloseable {
    final BufferedWriter out;
    final TreeSet<Integer> held = new TreeSet<>();

    MemberLog() throws java.io.IOException {
      out = Files.newBufferedWriter(Path.of(task.get("out")));
    }

    synchronized void note(String fields) {
      try {
        out.write("{\"t\":" + System.nanoTime() / 1000 / 1000.0 + "," + fields + "}\n");
        out.flush();
      } catch (java.io.IOException e) {
        throw new RuntimeException(e);
      }
    }

    static List<Integer> ids(Collection<TopicPartition> partitions) {
      List<Integer> ids = new ArrayList<>();
      for (TopicPartition p : partitions) ids.add(p.partition());
      return ids;
    }

    void change(String what, List<Integer> ids) {
      if (what.equals("assigned")) held.addAll(ids);
      else held.removeAll(ids);
      if (!ids.isEmpty()) note("\"e\":\"" + what + "\",\"p\":" + ids);
      emit("\"event\":\"assigned\",\"partitions\":" + held);
    }

    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      change("revoked", ids(partitions));
    }

    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      change("assigned", ids(partitions));
    }

    public void close() throws java.io.IOException {
      out.close();
    }
  }

  static String member() throws Exception {
    Map<String, Object> config = shared();
    config.put("group.id", task.get("group"));
    config.put("auto.offset.reset", "earliest");
    config.put("auto.commit.interval.ms", 1000);
    if (task.containsKey("instanceId")) config.put("group.instance.id", task.get("instanceId"));
    if (task.get("protocol").equals("consumer")) config.put("group.protocol", "consumer");
    else {
      config.put("session.timeout.ms", 10_000);
      config.put("heartbeat.interval.ms", 500);
      config.put("partition.assignment.strategy", task.get("protocol").equals("cooperative-sticky")
          ? "org.apache.kafka.clients.consumer.CooperativeStickyAssignor" : "org.apache.kafka.clients.consumer.RangeAssignor");
    }
    try (MemberLog log = new MemberLog();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(task.get("topic")), log);
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(100)))
          log.note("\"e\":\"record\",\"p\":" + r.partition() + ",\"o\":" + r.offset() + ",\"v\":\"" + new String(r.value(), StandardCharsets.UTF_8) + "\"");
      }
      log.note("\"e\":\"closing\"");
    }
    return "\"ok\":true";
  }

  /** `w-7` or `w-7:14` with the number of it changed as the task says. */
  static String transformed(String value) {
    String name = value.split(":")[0];
    long n = Long.parseLong(value.contains(":") ? value.split(":")[1] : name.split("-")[1]);
    return name + ":" + (n * Long.parseLong(task.get("factor")) + Long.parseLong(task.get("add")));
  }

  /** Back to what was committed: what was read since belongs to a transaction that is not there. */
  static void rewind(KafkaConsumer<byte[], byte[]> consumer) {
    consumer.committed(consumer.assignment()).forEach((partition, committed) -> {
      if (committed == null) consumer.seekToBeginning(List.of(partition));
      else consumer.seek(partition, committed.offset());
    });
  }

  static String transform() throws Exception {
    double abortPercent = Double.parseDouble(task.get("abortPercent"));
    Random random = new Random();
    Map<String, Object> config = shared();
    config.put("group.id", task.get("group"));
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    config.put("isolation.level", "read_committed");
    config.put("session.timeout.ms", 6_000);
    config.put("heartbeat.interval.ms", 500);
    config.put("max.poll.records", 50);
    try (KafkaProducer<byte[], byte[]> producer = producer(
        Map.of("transactional.id", task.get("transactionalId"), "transaction.timeout.ms", 20_000, "linger.ms", 2,
            "delivery.timeout.ms", 19_000, "request.timeout.ms", 10_000))) {
      // First what an earlier life has left behind is ended, then offsets are read.
      producer.initTransactions();
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        consumer.subscribe(List.of(task.get("from")));
        while (!stopped) {
          ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
          if (records.isEmpty()) continue;
          try {
            producer.beginTransaction();
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> r : records) {
              String value = transformed(new String(r.value(), StandardCharsets.UTF_8));
              producer.send(new ProducerRecord<>(task.get("to"), value.split(":")[0].getBytes(StandardCharsets.UTF_8),
                  value.getBytes(StandardCharsets.UTF_8)));
              ends.put(new TopicPartition(r.topic(), r.partition()), new OffsetAndMetadata(r.offset() + 1));
            }
            producer.sendOffsetsToTransaction(ends, consumer.groupMetadata());
            if (random.nextDouble() * 100 < abortPercent) {
              producer.flush();
              producer.abortTransaction();
              rewind(consumer);
              emit("\"event\":\"aborted\",\"count\":1");
            } else {
              producer.commitTransaction();
              emit("\"event\":\"committed\",\"count\":1");
            }
          } catch (org.apache.kafka.common.errors.ProducerFencedException
              | org.apache.kafka.common.errors.OutOfOrderSequenceException
              | org.apache.kafka.common.errors.AuthorizationException fatal) {
            throw fatal;
          } catch (org.apache.kafka.common.KafkaException error) {
            emit("\"event\":\"retry\",\"error\":" + quote(error.toString()));
            producer.abortTransaction();
            rewind(consumer);
          }
        }
      }
    }
    return "\"ok\":true";
  }
}
