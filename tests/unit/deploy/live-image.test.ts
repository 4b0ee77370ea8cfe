import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readSourceFiles } from "../../architecture/import-graph.ts";

const dockerfile = readFileSync("deploy/live/Dockerfile", "utf8");
const ignored = readFileSync("deploy/live/Dockerfile.dockerignore", "utf8").trim().split("\n");
const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
/** What is taken from the repository, not from an earlier stage. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = ""]) =>
  sources.split(" "),
);

describe("the image of a live node", () => {
  it("copies only what exists and is sent to the build", () => {
    expect(copied).toEqual(expect.arrayContaining(["package.json", "package-lock.json", "lib", "services"]));
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    expect(copied.filter((path) => !ignored.includes(`!${path}`))).toEqual([]);
  });

  it("runs the Node that the project runs, in every stage", () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set([`node:${manifest.devDependencies.node}-bookworm-slim`]));
  });

  it("holds every file and package that the service loads", () => {
    const files = new Map(readSourceFiles("lib", "services").map((file) => [file.path, file]));
    const open = ["services/live/main.ts", "services/live/run-node.ts"];
    const seen = new Set(open);
    const packages = new Set<string>();
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      for (const { specifier, target } of files.get(path)?.imports ?? []) {
        if (target === null && !/^(node:|[#.])/.test(specifier)) {
          packages.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
        }
        if (target === null || seen.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
    }
    expect(seen.size).toBeGreaterThan(50);
    const left = ignored.filter((line) => !/^[!*]/.test(line));
    expect([...seen].filter((path) => left.some((folder) => path.startsWith(`${folder}/`)))).toEqual([]);
    const { dependencies, devDependencies } = manifest;
    // Of some only the types are used, which Node drops.
    const isKept = (name: string) => name in dependencies || `@types/${name}` in devDependencies;
    expect([...packages].filter((name) => !isKept(name))).toEqual([]);
  });

  it("ends as an ordinary user, under an init that collects children", () => {
    expect([...dockerfile.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(dockerfile).toMatch(
      /^ENTRYPOINT \["\/usr\/bin\/tini", "--", "node", "services\/live\/main.ts"\]$/m,
    );
    expect(dockerfile).not.toContain("--no-sandbox");
  });
});

describe("its system call filter", () => {
  const profile = z
    .object({
      defaultAction: z.string(),
      syscalls: z.array(z.object({ names: z.array(z.string()), action: z.string() })),
    })
    .parse(JSON.parse(readFileSync("deploy/live/seccomp.json", "utf8")));
  const allowed = profile.syscalls.flatMap(({ names }) => names);

  it("allows what it names and nothing else, each once", () => {
    expect(profile.defaultAction).toBe("SCMP_ACT_ERRNO");
    expect(profile.syscalls.map(({ action }) => action)).toEqual(
      profile.syscalls.map(() => "SCMP_ACT_ALLOW"),
    );
    expect(new Set(allowed).size).toBe(allowed.length);
  });

  it("lets Chromium make its sandbox, and leaves the machine alone", () => {
    expect(allowed).toEqual(
      expect.arrayContaining(["clone", "unshare", "setns", "chroot", "seccomp", "prctl"]),
    );
    const harmful = ["mount", "umount2", "pivot_root", "bpf", "ptrace", "process_vm_writev", "init_module"];
    const more = ["kexec_load", "reboot", "settimeofday", "io_uring_setup", "keyctl", "perf_event_open"];
    expect(allowed.filter((name) => [...harmful, ...more].includes(name))).toEqual([]);
  });
});
