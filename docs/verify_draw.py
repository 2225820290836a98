"""Draws again what Comadre published: python3 verify_draw.py [RECORD.json ...]  (docs/draws.md says how)"""
import hashlib, json, re, sys

def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()

def drawn(record):
    lines = [w["word"] for w in record["words"]] + ([record["dice"]] if record["dice"] else [])
    seed = sha256("|".join([record["secret"], *lines]))
    lots = list(record["lots"])
    for i in range(len(lots) - 1, 0, -1):
        value, attempt = 2**64, 0
        while value >= 2**64 - 2**64 % (i + 1):
            value = int(sha256(f"{seed}:{i}:{attempt}")[:16], 16)
            attempt += 1
        j = value % (i + 1)
        lots[i], lots[j] = lots[j], lots[i]
    return lots
ends = 0
for name in sys.argv[1:] or [0]:  # 0: what is typed or piped in
    record = json.load(open(name, encoding="utf-8"))
    order, members = record["order"] and drawn(record), [w["number"] for w in record["words"]]
    given = sum(w["word"] != "-" for w in record["words"])
    correct = (order and order == record["order"] and sha256(record["secret"]) == record["commit"]
        and re.fullmatch("[0-9a-f]{32,128}", record["secret"]) and sorted(record["lots"]) == record["lots"]
        and sorted(set(members)) == members and not any("|" in w["word"] for w in record["words"])
        and (record["dice"] and not members or given > 1 and set(record["lots"]) <= set(members)))
    print(*(order or ["void"]), "correct" if correct else "NOT correct")
    ends = ends or int(not correct)
sys.exit(ends)
