import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate for one name, signed by itself, made without any tool beside Node (RFC 5280, in DER). */
export function createSelfSigned(name: string, lifeDays = 1): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const cert = certificate(name, lifeDays, privateKey, publicKey);
  const pem = cert.toString("base64").replace(/(.{64})/g, "$1\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${pem.trimEnd()}\n-----END CERTIFICATE-----\n`,
  };
}

function certificate(name: string, lifeDays: number, privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const ecdsaWithSha256 = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
  const distinguished = sequence(
    tlv(0x31, sequence(Buffer.from("0603550403", "hex"), tlv(0x0c, Buffer.from(name)))),
  );
  const time = (days: number) => {
    const iso = new Date(Date.now() + days * 86_400_000).toISOString();
    return tlv(0x18, Buffer.from(`${iso.replace(/[-:T]/g, "").slice(0, 14)}Z`));
  };
  const subjectAltName = sequence(
    Buffer.from("0603551d11", "hex"),
    tlv(0x04, sequence(tlv(0x82, Buffer.from(name)))),
  );
  const basicConstraints = sequence(
    Buffer.from("0603551d13", "hex"),
    tlv(0x04, sequence(tlv(0x01, Buffer.from([255])))),
  );
  const body = sequence(
    tlv(0xa0, Buffer.from("020102", "hex")),
    Buffer.from("020101", "hex"),
    ecdsaWithSha256,
    distinguished,
    sequence(time(-2), time(lifeDays)),
    distinguished,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(subjectAltName, basicConstraints)),
  );
  const signature = sign("sha256", body, privateKey);
  return sequence(body, ecdsaWithSha256, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function sequence(...parts: Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function tlv(tag: number, value: Buffer): Buffer {
  const length =
    value.length < 128
      ? [value.length]
      : value.length < 256
        ? [0x81, value.length]
        : [0x82, value.length >> 8, value.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}
