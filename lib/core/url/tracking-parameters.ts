/**
 * Names of query parameters that only carry who came from where. Gathered from
 * the vendors' own documents (Google Ads and Analytics auto-tagging, Meta,
 * Microsoft Advertising, TikTok, HubSpot, Mailchimp, Marketo, Matomo, Adobe
 * Analytics, AT Internet, comScore) and from what Firefox and Brave strip.
 * Nothing here selects content: `id`, `ref`, `source`, `cid` and `tag` are used
 * for that somewhere, so they are only removed on the sites listed below.
 */
const EVERYWHERE = `
  gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl gs_l
  fbclid igshid igsh mibextid fb_action_ids fb_action_types fb_source fb_ref action_object_map action_type_map
  action_ref_map msclkid yclid ysclid ymclid _openstat twclid __twitter_impression ttclid tt_medium tt_content
  li_fat_id epik rdt_cid sccid tblci dicbo obclid cto_pld
  _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mc_cid mc_eid mc_tc mkt_tok vero_conv vero_id __s _ke _kx
  oly_anon_id oly_enc_id ck_subscriber_id _bhlid ml_subscriber ml_subscriber_hash dm_i vgo_ee _bta_tid _bta_c
  bbeml trk_contact trk_msg trk_module trk_sid elqtrackid elqtrack elqaid elqat elqcst elqcsid _ri_ _ei_
  nr_email_referer sc_src sc_lid sc_uid sc_llid sc_eh sc_customer mindbox-click-id mkwid pcrid
  s_cid s_kwcid ef_id adobe_mc adobe_mc_ref adobe_mc_sdid wt_mc wt_zmc wtrid wt.mc_id wt.mc_ev xtor
  at_medium at_campaign at_recipient_id at_recipient_list at_send_date at_creation at_format at_link_id
  at_link_type at_link_origin at_ptr_name at_bbc_team at_campaign_type
  ns_mchannel ns_source ns_campaign ns_linkname ns_fee
  guccounter guce_referrer guce_referrer_sig _branch_match_id _branch_referrer wickedid wickedsource
  rb_clickid erid asgtbndr unicorn_click_id mbsy ncid cx_click cx_recsorder sb_referer_host vmcid ceneo_spo
  aiad_clid ga_source ga_medium ga_term ga_content ga_campaign ga_place spm_id_from sznclid
  _cldee echobox
`;

/** Families that grow: every name that begins so. */
const PREFIXES = /^(?:utm_|hsa_|pk_|piwik_|mtm_|matomo_|itm_|bsft_|sfmc_|at_custom|stm_)/;

/** Identify the referrer that earns a commission: a sale may depend on them, so only at the strict level. */
const AFFILIATE = `
  irclickid irgwc cjevent cjdata awc sscid zanpid tduid admitad_uid ranmid raneaid ransiteid afftrack
  aff_id affid aff_sub aff_sub2 aff_click_id affiliate_id clickid click_id subid subid1 subid2 impactid
  skimlinks_id skim_pubid tap_a tap_s sharedid icid intcmp
`;

/** Parameters that mean something elsewhere but only track here. Hosts match whole labels from the right. */
const ON_SITES: { host: RegExp; names: RegExp }[] = [
  { host: /(^|\.)(youtube\.com|youtu\.be)$/, names: /^(?:si|feature|pp|ab_channel)$/ },
  { host: /(^|\.)spotify\.com$/, names: /^(?:si|nd|dlsi)$/ },
  { host: /(^|\.)(twitter\.com|x\.com)$/, names: /^(?:s|t|ref_src|ref_url|cn|twsrc|twcamp|twterm|twgr)$/ },
  { host: /(^|\.)instagram\.com$/, names: /^(?:ig_rid|ig_mid|ig_cache_key|ig_web_copy_link)$/ },
  {
    host: /(^|\.)facebook\.com$/,
    names:
      /^(?:__tn__|__cft__(\[\d+\])?|__xts__(\[\d+\])?|eav|fref|hc_ref|hc_location|notif_id|notif_t|ref|refid|rdid|paipv|acontext)$/,
  },
  {
    host: /(^|\.)tiktok\.com$/,
    names:
      /^(?:_r|_t|_d|is_copy_url|is_from_webapp|sender_device|sender_web_id|share_app_id|share_author_id|share_link_id|tt_from|u_code|preview_pb|web_id)$/,
  },
  {
    host: /(^|\.)reddit\.com$/,
    names: /^(?:share_id|rdt|correlation_id|ref_campaign|ref_source|post_fullname)$/,
  },
  {
    host: /(^|\.)linkedin\.com$/,
    names: /^(?:trk|trkinfo|trackingid|refid|lipi|licu|midtoken|midsig|originalsubdomain|lgcta|lici|rcm)$/,
  },
  {
    host: /(^|\.)amazon\.[a-z]{2,3}(\.[a-z]{2})?$/,
    names:
      /^(?:ref|ref_|pd_rd_.*|pf_rd_.*|qid|sr|crid|sprefix|content-id|dib|dib_tag|_encoding|keywords|qualifier|cv_ct_.*|dchild|sp_csd|aaxitk|hsa_cr_id|social_share|starsleft)$/,
  },
  {
    host: /(^|\.)ebay\.[a-z]{2,3}(\.[a-z]{2})?$/,
    names: /^(?:_trkparms|_trksid|amdata|mkevt|mkcid|mkrid|ssspo|sssrc|ssuid|widget_ver)$/,
  },
  {
    host: /(^|\.)(aliexpress|alibaba|taobao|tmall|1688)\.[a-z]{2,3}(\.[a-z]{2})?$/,
    names: /^(?:spm|scm|scm_id|algo_.*|pvid|gps-id|btsid|ws_ab_test|curpagelogid|utparam.*)$/,
  },
  {
    host: /(^|\.)bilibili\.com$/,
    names: /^(?:spm|vd_source|from_source|from_spmid|share_.*|unique_k|buvid|is_story_h5|plat_id|seid|bbid)$/,
  },
  {
    host: /^(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?$/,
    names:
      /^(?:ved|ei|sei|sca_esv|sca_upv|gs_lcp|gs_lcrp|sxsrf|oq|aqs|sclient|uact|usg|biw|bih|dpr|iflsig|source|sourceid|sa|esrc|cd|cad|rlz|gws_rd)$/,
  },
  { host: /(^|\.)bing\.com$/, names: /^(?:form|cvid|sk|sp|pq|sc|ghc|lq|ghsh|ghacc|ghpl|toww|redig|qs)$/ },
  {
    host: /(^|\.)etsy\.com$/,
    names: /^(?:click_key|click_sum|ref|organic_search_click|frs|sts|pro|crt|content_source|logging_key)$/,
  },
  { host: /(^|\.)imdb\.com$/, names: /^(?:ref_|pf_rd_.*)$/ },
  {
    host: /(^|\.)nytimes\.com$/,
    names: /^(?:smid|smtyp|emc|campaign_id|instance_id|segment_id|regi_id|referringsource)$/,
  },
  { host: /(^|\.)medium\.com$/, names: /^(?:source)$/ },
  { host: /(^|\.)(steampowered|steamcommunity)\.com$/, names: /^(?:snr|curator_clanid)$/ },
  {
    host: /(^|\.)(wired|newyorker|vogue|gq|vanityfair|bonappetit|arstechnica)\.com$/,
    names: /^(?:mbid|source|esrc|bxid|cndid|hasha|hashb|hashc)$/,
  },
  { host: /(^|\.)(yahoo|aol)\.com$/, names: /^(?:tsrc|\.tsrc|soc_src|soc_trk)$/ },
];

let everywhere: Set<string> | undefined;
let affiliate: Set<string> | undefined;

/** `name` decoded and in lower case; `host` in lower case. */
export function isTrackingParameter(name: string, host: string, level: "standard" | "strict"): boolean {
  everywhere ??= new Set(EVERYWHERE.split(/\s+/).filter(Boolean));
  if (everywhere.has(name) || PREFIXES.test(name)) return true;
  if (ON_SITES.some((site) => site.host.test(host) && site.names.test(name))) return true;
  if (level !== "strict") return false;
  affiliate ??= new Set(AFFILIATE.split(/\s+/).filter(Boolean));
  return affiliate.has(name);
}
