import { loadSdk, SDK_OPTIONS } from './sdk';

/** The bytes of an object in a bucket. */
export async function readObject(bucket: string, key: string): Promise<Buffer> {
  const { S3Client, GetObjectCommand } = loadSdk('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  const client = new S3Client(SDK_OPTIONS);
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from(await answer.Body!.transformToByteArray());
  } catch (error) {
    throw new Error(`s3://${bucket}/${key} cannot be read: ${(error as Error).name}: ${(error as Error).message}`);
  } finally {
    client.destroy();
  }
}
