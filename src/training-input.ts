/** How the data of a channel reaches the container (`TrainingInputMode` of the API). */
export class TrainingInputMode {
  /** Data is copied to the volume of each instance before the training starts. */
  public static readonly FILE = new TrainingInputMode('File');
  /** Data is streamed through a named pipe for each epoch. The algorithm has to support it. */
  public static readonly PIPE = new TrainingInputMode('Pipe');
  /** Data appears as files and is streamed from S3 as they are read. Augmented manifests are not supported. */
  public static readonly FAST_FILE = new TrainingInputMode('FastFile');

  /**
   * A mode by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): TrainingInputMode {
    return new TrainingInputMode(value);
  }

  /** @param value The mode as the API spells it. */
  private constructor(public readonly value: string) {}
}

/** Which of the objects of a channel each instance gets (`S3DataDistribution` of the API). */
export class S3DataDistribution {
  /** Every instance gets all objects. */
  public static readonly FULLY_REPLICATED = new S3DataDistribution('FullyReplicated');
  /** Of `n` instances each gets about one `n`th of the objects. There should be at least as many objects as instances. */
  public static readonly SHARDED_BY_S3_KEY = new S3DataDistribution('ShardedByS3Key');

  /**
   * A distribution by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): S3DataDistribution {
    return new S3DataDistribution(value);
  }

  /** @param value The distribution as the API spells it. */
  private constructor(public readonly value: string) {}
}

/** How the objects of a channel are compressed (`CompressionType` of the API). */
export class CompressionType {
  /** Not compressed. */
  public static readonly NONE = new CompressionType('None');
  /** Compressed with gzip, in `Pipe` mode only. */
  public static readonly GZIP = new CompressionType('Gzip');

  /**
   * A compression by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): CompressionType {
    return new CompressionType(value);
  }

  /** @param value The compression as the API spells it. */
  private constructor(public readonly value: string) {}
}

/** What each object of a channel is wrapped into on its way to the container (`RecordWrapper` of the API). */
export class RecordWrapperType {
  /** Nothing. */
  public static readonly NONE = new RecordWrapperType('None');
  /** A RecordIO record, for raw data and an algorithm that reads RecordIO, in `Pipe` mode only. */
  public static readonly RECORD_IO = new RecordWrapperType('RecordIO');

  /**
   * A wrapper by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): RecordWrapperType {
    return new RecordWrapperType(value);
  }

  /** @param value The wrapper as the API spells it. */
  private constructor(public readonly value: string) {}
}

/** What the container may do in a directory of a file system (`FileSystemAccessMode` of the API). */
export class FileSystemAccessMode {
  /** Read only. */
  public static readonly READ_ONLY = new FileSystemAccessMode('ro');
  /** Read and write. */
  public static readonly READ_WRITE = new FileSystemAccessMode('rw');

  /**
   * A mode by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): FileSystemAccessMode {
    return new FileSystemAccessMode(value);
  }

  /** @param value The mode as the API spells it. */
  private constructor(public readonly value: string) {}
}
