// Cleans a partition's directory with Apache Kafka's own Cleaner, at the times that are asked for.
//   java -cp … Clean.java DIRECTORY SEGMENT_BYTES DELETE_RETENTION_MS MEMORY_BYTES NOW_MS:UNCLEANABLE_OFFSET …
// Prints for each round up to where it came.
import java.io.File;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import kafka.log.Cleaner;
import kafka.log.LogToClean;
import kafka.log.UnifiedLog;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogOffsetsListener;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.SkimpyOffsetMap;
import org.apache.kafka.storage.internals.utils.Throttler;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import scala.Option;
import scala.runtime.BoxedUnit;

public class Clean {
  static long now = 1_600_000_100_000L;

  public static void main(String[] args) throws Exception {
    File dir = new File(args[0]);
    Properties props = new Properties();
    props.put("cleanup.policy", "compact");
    props.put("segment.bytes", args[1]);
    props.put("delete.retention.ms", args[2]);
    props.put("file.delete.delay.ms", "0");
    LogConfig config = new LogConfig(props);
    Time time = new Time() {
      @Override public long milliseconds() { return now; }
      @Override public long hiResClockMs() { return now; }
      @Override public long nanoseconds() { return now * 1_000_000; }
      @Override public void sleep(long ms) { now += ms; }
      @Override public void waitObject(Object o, java.util.function.Supplier<Boolean> c, long d) { throw new UnsupportedOperationException(); }
      @Override public Timer timer(long ms) { return Time.SYSTEM.timer(ms); }
    };
    KafkaScheduler scheduler = new KafkaScheduler(1);
    scheduler.startup();
    TopicPartition tp = UnifiedLog.parseTopicPartitionName(dir);
    UnifiedLog log = UnifiedLog.apply(dir, config, 0L, 0L, scheduler, new BrokerTopicStats(), time, Integer.MAX_VALUE,
        new ProducerStateManagerConfig(Integer.MAX_VALUE, false), Integer.MAX_VALUE, new LogDirFailureChannel(1), false,
        Option.empty(), true, new ConcurrentHashMap<>(), false, LogOffsetsListener.NO_OP_OFFSETS_LISTENER);
    log.updateHighWatermark(log.logEndOffsetMetadata());
    System.out.println("opened " + log.logStartOffset() + ".." + log.logEndOffset() + " stable " + log.lastStableOffset());
    long firstDirty = 0;
    for (int i = 4; i < args.length; i++) {
      String[] round = args[i].split(":");
      now = Long.parseLong(round[0]);
      Cleaner cleaner = new Cleaner(0, new SkimpyOffsetMap(Integer.parseInt(args[3])), 64 * 1024, 1024 * 1024, 0.9,
          new Throttler(Double.MAX_VALUE, Long.MAX_VALUE, "cleaner-io", "bytes", time), time, t -> BoxedUnit.UNIT);
      LogToClean what = new LogToClean(tp, log, firstDirty, Long.parseLong(round[1]), false);
      firstDirty = (Long) cleaner.doClean(what, now)._1();
      System.out.println("round " + firstDirty);
    }
    log.close();
    scheduler.shutdown();
    for (File file : dir.listFiles()) if (file.getName().endsWith(".deleted")) file.delete();
  }
}
