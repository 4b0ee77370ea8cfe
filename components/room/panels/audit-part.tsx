import { useStore } from "@react-three/fiber";
import { useEffect } from "react";
import { auditMode, publishAudit } from "#lib/client/xr/audit.ts";

/** Only where the address asks for it: see `publishAudit`. */
export function AuditPart() {
  const store = useStore();
  useEffect(() => (auditMode() === "off" ? undefined : publishAudit(() => store.getState())), [store]);
  return null;
}
